import * as React from 'react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Box, Button, FormGroup, FormMessage, H4, Label, MessageBox, TextArea } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'
import { doPageAction, type DoneNotice, type PageAnswer } from './page_action.js'
import { StepUp } from './step_up.js'

interface Props {
  /** The page whose texts it has, and which does it. */
  page: string
  /** By its name there. */
  action: string
  typed?: Record<string, string>
  isDangerous?: boolean
  onClose(): void
  onDone(notice: DoneNotice): void
}

/** An action of a page: says what it does, asks why and who one is, and does it. */
export function ActionDialog(props: React.PropsWithChildren<Props>) {
  const { page, action, typed = {}, isDangerous, onClose, onDone, children } = props
  const { translateAction, translateButton, translateProperty } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const [reason, setReason] = useState('')
  const [answer, setAnswer] = useState<PageAnswer>({})
  const [isBusy, setBusy] = useState(false)
  // It closes by Escape, and gives the focus back to what asked for it.
  useEffect(() => dialog.current?.showModal(), [])

  const send = async () => {
    setBusy(true)
    try {
      const told = await doPageAction(page, { ...typed, action, reason })
      setAnswer(told)
      if (told.notice?.type !== 'success') return
      dialog.current?.close()
      onDone(told.notice)
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby="action-title"
      onClose={onClose}
      style={{ border: 0, borderRadius: 8, padding: 24, width: 'min(560px, calc(100vw - 32px))' }}
    >
      <form onSubmit={submit}>
        <H4 id="action-title">{translateAction(action, page)}</H4>
        {children}
        {answer.notice?.type === 'error' && answer.problem !== 'step_up_required' && (
          <MessageBox variant="danger" message={answer.notice.message} mb="lg" />
        )}
        <FormGroup error={Boolean(answer.fields?.reason)}>
          <Label htmlFor="action-reason" required>
            {translateProperty('reason', page)}
          </Label>
          <TextArea
            id="action-reason"
            required
            minLength={3}
            maxLength={500}
            style={{ width: '100%' }}
            value={reason}
            onChange={(event: { target: { value: string } }) => setReason(event.target.value)}
          />
          {answer.fields?.reason && <FormMessage>{answer.fields.reason}</FormMessage>}
        </FormGroup>
        {answer.problem === 'step_up_required' && <StepUp onDone={send} />}
        <Box flex style={{ gap: 12, flexWrap: 'wrap' }}>
          {answer.problem !== 'step_up_required' && (
            <Button type="submit" variant={isDangerous ? 'danger' : 'contained'} disabled={isBusy}>
              {translateButton('confirm', page)}
            </Button>
          )}
          <Button type="button" variant="outlined" onClick={() => dialog.current?.close()}>
            {translateButton('cancel', page)}
          </Button>
        </Box>
      </form>
    </dialog>
  )
}
