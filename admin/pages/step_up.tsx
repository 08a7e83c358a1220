import * as React from 'react'
import { Box, Button, FormGroup, FormMessage, Input, Label, Text } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'
import { useState } from 'react'
import { passkeysMissing } from '../../resources/pwa/session/webauthn.js'
import { confirmByCode, confirmByPasskey } from './session.js'

const SAID = new Set(['NotAllowedError', 'InvalidStateError', 'AbortError'])

/** Asks for a code of the second factor or for a passkey, and goes on once it is right. */
export function StepUp({ onDone }: { onDone: () => void }) {
  const { translateComponent } = useTranslation()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const prove = async (proof: () => Promise<string | null>) => {
    setBusy(true)
    try {
      const refused = await proof()
      setProblem(refused)
      if (!refused) onDone()
    } catch (error) {
      const { name } = error as Error
      setProblem(translateComponent(`StepUp.${SAID.has(name) ? name : 'other'}`))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Box variant="grey" mb="lg" role="group" aria-labelledby="step-up-title">
      <Text id="step-up-title" mb="default">
        {translateComponent('StepUp.why')}
      </Text>
      <FormGroup error={problem !== null}>
        <Label htmlFor="step-up-code" required>
          {translateComponent('StepUp.code')}
        </Label>
        <Input
          id="step-up-code"
          autoComplete="one-time-code"
          inputMode="numeric"
          value={code}
          autoFocus
          aria-describedby={problem ? 'step-up-problem' : undefined}
          onChange={(event: { target: { value: string } }) => setCode(event.target.value)}
          onKeyDown={(event: React.KeyboardEvent) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (code) void prove(() => confirmByCode(code))
          }}
        />
        {problem && (
          <FormMessage id="step-up-problem" role="alert">
            {problem}
          </FormMessage>
        )}
      </FormGroup>
      <div className="mi-row">
        <Button
          type="button"
          variant="contained"
          disabled={code === '' || isBusy}
          onClick={() => void prove(() => confirmByCode(code))}
        >
          {translateComponent('StepUp.confirm')}
        </Button>
        {!passkeysMissing() && (
          <button type="button" className="mi-button" disabled={isBusy} onClick={() => void prove(confirmByPasskey)}>
            {translateComponent('StepUp.passkey')}
          </button>
        )}
      </div>
    </Box>
  )
}
