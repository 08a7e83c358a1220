import * as React from 'react'
import { Box, Button, FormGroup, FormMessage, Input, Label, Text } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'
import { useState } from 'react'
import { confirmByCode } from './session.js'

/** Asks for a code of the second factor, and goes on once it is right. */
export function StepUp({ onDone }: { onDone: () => void }) {
  const { translateComponent } = useTranslation()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const confirm = async () => {
    const refused = await confirmByCode(code)
    setProblem(refused)
    if (!refused) onDone()
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
          onChange={(event: { target: { value: string } }) => setCode(event.target.value)}
        />
        {problem && <FormMessage>{problem}</FormMessage>}
      </FormGroup>
      <Button type="button" variant="contained" disabled={code === ''} onClick={() => void confirm()}>
        {translateComponent('StepUp.confirm')}
      </Button>
    </Box>
  )
}
