import * as React from 'react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Box, Button, FormGroup, FormMessage, H4, Label, MessageBox, Text, TextArea } from '@adminjs/design-system'
import { ApiClient, useTranslation } from 'adminjs'
import type { Role } from './permission_matrix.js'
import { StepUp } from './step_up.js'

export interface Change {
  role: Role
  permission: string
  /** False where it is taken back. */
  isGiven: boolean
}

interface Notice {
  type: 'success' | 'error'
  message: string
}

interface Answer {
  notice?: Notice
  problem?: string
  fields?: Record<string, string>
}

interface Props {
  change: Change
  onClose(): void
  onDone(notice: Notice): void
}

const PAGE = 'permissions'

/** Says what changes for how many people, asks why, and does it. */
export function ChangeDialog({ change: { role, permission, isGiven }, onClose, onDone }: Props) {
  const { translateAction, translateButton, translateMessage, translateProperty } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const [reason, setReason] = useState('')
  const [answer, setAnswer] = useState<Answer>({})
  const [isBusy, setBusy] = useState(false)
  // It closes by Escape, and gives the focus back to the box that asked for it.
  useEffect(() => dialog.current?.showModal(), [])

  const send = async () => {
    setBusy(true)
    try {
      const told = await post({ action: isGiven ? 'grant' : 'revoke', role: role.name, permission, reason })
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
  const named = {
    role: translateProperty(`roles=${role.name}`, PAGE, { defaultValue: role.name }),
    permission: translateProperty(`permissions=${permission}`, PAGE),
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby="change-title"
      onClose={onClose}
      style={{ border: 0, borderRadius: 8, padding: 24, width: 'min(560px, calc(100vw - 32px))' }}
    >
      <form onSubmit={submit}>
        <H4 id="change-title">{translateAction(isGiven ? 'grant' : 'revoke', PAGE)}</H4>
        <Text mb="default">{translateMessage(isGiven ? 'given' : 'taken', PAGE, named)}</Text>
        <Text mb="lg">{translateMessage('concerned', PAGE, { count: role.users })}</Text>
        {answer.notice?.type === 'error' && answer.problem !== 'step_up_required' && (
          <MessageBox variant="danger" message={answer.notice.message} mb="lg" />
        )}
        <FormGroup error={Boolean(answer.fields?.reason)}>
          <Label htmlFor="change-reason" required>
            {translateProperty('reason', PAGE)}
          </Label>
          <TextArea
            id="change-reason"
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
            <Button type="submit" variant={isGiven ? 'contained' : 'danger'} disabled={isBusy}>
              {translateButton('confirm', PAGE)}
            </Button>
          )}
          <Button type="button" variant="outlined" onClick={() => dialog.current?.close()}>
            {translateButton('cancel', PAGE)}
          </Button>
        </Box>
      </form>
    </dialog>
  )
}

async function post(typed: Record<string, string>): Promise<Answer> {
  const data = new FormData()
  for (const [name, value] of Object.entries(typed)) data.append(name, value)
  const told = await new ApiClient().getPage<Answer>({ pageName: PAGE, method: 'post', data })
  return told.data
}
