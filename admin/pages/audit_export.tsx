import * as React from 'react'
import { useState, type FormEvent } from 'react'
import { Box, Button, FormGroup, FormMessage, H5, Input, Label, MessageBox, Text } from '@adminjs/design-system'
import { ApiClient, useTranslation } from 'adminjs'
import { StepUp } from './step_up.js'

const FORMATS = ['csv', 'ndjson']

const PAGE = 'audit_proof'

interface Answer {
  notice?: { type: 'success' | 'error'; message: string }
  problem?: string
  fields?: Record<string, string>
}

/** Asks whether the file would be given, and then has the browser fetch it to its disk. */
export function AuditExport() {
  const { translateComponent } = useTranslation()
  const [typed, setTyped] = useState<Record<string, string>>({ format: 'csv', proof: 'true' })
  const [answer, setAnswer] = useState<Answer>({})
  const say = (key: string) => translateComponent(key, PAGE)
  const put = (name: string, value: string) => setTyped({ ...typed, [name]: value })

  const send = async () => {
    const asked = askedOf(typed)
    const { data } = await new ApiClient().getPage({
      pageName: PAGE,
      method: 'post',
      data: { action: 'export', ...asked },
    })
    const told = data as Answer
    setAnswer(told)
    if (told.notice?.type === 'success')
      location.assign(`/admin/streams/audit_export?${new URLSearchParams(asked).toString()}`)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  const field = (name: string, type: string) => (
    <FormGroup error={Boolean(answer.fields?.[name])}>
      <Label htmlFor={`export-${name}`}>{say(name)}</Label>
      <Input
        id={`export-${name}`}
        type={type}
        value={typed[name] ?? ''}
        onChange={(event: { target: { value: string } }) => put(name, event.target.value)}
      />
      {answer.fields?.[name] && <FormMessage>{answer.fields[name]}</FormMessage>}
    </FormGroup>
  )
  return (
    <Box variant="white" as="section" aria-labelledby="export-title">
      <H5 id="export-title">{say('export_title')}</H5>
      <Text mb="lg">{say('export_why')}</Text>
      <Box as="form" onSubmit={submit as never}>
        {answer.notice?.type === 'error' && answer.problem !== 'step_up_required' && (
          <MessageBox variant="danger" message={answer.notice.message} mb="lg" />
        )}
        {answer.notice?.type === 'success' && <MessageBox variant="success" message={say('export_begins')} mb="lg" />}
        {field('from', 'datetime-local')}
        {field('to', 'datetime-local')}
        {field('patient', 'text')}
        {field('user', 'text')}
        <FormGroup>
          <Label htmlFor="export-format">{say('format')}</Label>
          <select
            id="export-format"
            value={typed.format}
            onChange={(event) => put('format', event.target.value)}
            style={{ padding: 8, font: 'inherit' }}
          >
            {FORMATS.map((format) => (
              <option key={format} value={format}>
                {say(`format_${format}`)}
              </option>
            ))}
          </select>
        </FormGroup>
        <FormGroup>
          <label>
            <input
              type="checkbox"
              checked={typed.proof === 'true'}
              onChange={(event) => put('proof', String(event.target.checked))}
            />{' '}
            {say('proof')}
          </label>
        </FormGroup>
        {answer.problem === 'step_up_required' ? (
          <StepUp onDone={send} />
        ) : (
          <Button type="submit" variant="contained">
            {say('export')}
          </Button>
        )}
      </Box>
    </Box>
  )
}

/** What was typed; an instant is one of this machine's clock. */
function askedOf(typed: Record<string, string>): Record<string, string> {
  const given = Object.entries(typed).filter(([, value]) => value.trim() !== '')
  const told = given.map(([name, value]) => [name, isInstant(name) ? new Date(value).toISOString() : value.trim()])
  return Object.fromEntries(told) as Record<string, string>
}

const isInstant = (name: string) => name === 'from' || name === 'to'
