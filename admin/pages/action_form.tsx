import * as React from 'react'
import { useEffect, useState, type FormEvent } from 'react'
import { Box, Button, FormGroup, FormMessage, Label, MessageBox, Text } from '@adminjs/design-system'
import { ApiClient, useNotice, useTranslation, type ActionProps } from 'adminjs'
import { useNavigate } from 'react-router-dom'
import { useTitle } from './shown_value.js'
import { StepUp } from './step_up.js'

interface Field {
  type: 'text' | 'email' | 'textarea' | 'choice' | 'several'
  values?: readonly string[]
  isRequired?: boolean
  least?: number
  most?: number
}

interface Offer {
  value: string
  text: string
}

interface Answer {
  notice?: { type: 'success' | 'error'; message: string }
  redirectUrl?: string
  problem?: string
  fields?: Record<string, string>
  offers?: Record<string, Offer[]>
}

/** The form of any action: its fields, what the server says of them, and the proof of who one is where it is asked for. */
export function ActionForm({ action, record, resource }: ActionProps) {
  const { translateLabel, translateProperty, translateMessage, translateButton } = useTranslation()
  const called = useTitle(resource, record)
  const { fields, isOffering } = action.custom as { fields: Record<string, Field>; isOffering: boolean }
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [answer, setAnswer] = useState<Answer>({})
  const [offers, setOffers] = useState<Record<string, Offer[]>>({})
  const [isBusy, setBusy] = useState(false)
  const addNotice = useNotice()
  const navigate = useNavigate()

  useEffect(() => {
    if (!isOffering) return
    void ask({ resourceId: resource.id, actionName: action.name, params: { offers: 1 } }, record?.id).then((told) => {
      setOffers(told.offers ?? {})
      setAnswer(told)
    })
  }, [resource.id, action.name, record?.id])

  const send = async () => {
    setBusy(true)
    try {
      const data = formOf(typed)
      const told = await ask({ resourceId: resource.id, actionName: action.name, data, method: 'post' }, record?.id)
      setAnswer(told)
      if (told.notice?.type !== 'success') return
      addNotice(told.notice)
      navigate(told.redirectUrl ?? '/admin')
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  return (
    <Box variant="grey">
      <Box as="form" variant="white" onSubmit={submit as never}>
        {called && <Text mb="lg">{called}</Text>}
        <Text mb="lg">{translateMessage(`explained.${action.name}`, resource.id)}</Text>
        {answer.notice?.type === 'error' && answer.problem !== 'step_up_required' && (
          <MessageBox variant="danger" message={answer.notice.message} mb="lg" />
        )}
        {Object.entries(fields).map(([name, field]) => (
          <FormGroup key={name} error={Boolean(answer.fields?.[name])}>
            <Label
              id={`${name}-label`}
              htmlFor={field.type === 'several' ? undefined : name}
              required={field.isRequired}
            >
              {translateProperty(name, resource.id)}
            </Label>
            <Control
              name={name}
              field={field}
              value={typed[name] ?? ''}
              choose={translateLabel('choose')}
              isRefused={Boolean(answer.fields?.[name])}
              offers={
                offers[name] ??
                (field.values ?? []).map((value) => ({
                  value,
                  text: translateProperty(`${name}=${value}`, resource.id),
                }))
              }
              onChange={(value) => setTyped({ ...typed, [name]: value })}
            />
            {answer.fields?.[name] && <FormMessage id={`${name}-problem`}>{answer.fields[name]}</FormMessage>}
          </FormGroup>
        ))}
        {answer.problem === 'step_up_required' ? (
          <StepUp onDone={send} />
        ) : (
          <Button type="submit" variant={action.variant === 'danger' ? 'danger' : 'contained'} disabled={isBusy}>
            {translateButton('confirm', resource.id)}
          </Button>
        )}
      </Box>
    </Box>
  )
}

interface ControlProps {
  name: string
  field: Field
  value: string
  /** What stands where nothing is chosen. */
  choose: string
  isRefused: boolean
  offers: Offer[]
  onChange(value: string): void
}

function Control({ name, field, value, choose, isRefused, offers, onChange }: ControlProps) {
  const described = isRefused ? { 'aria-invalid': true, 'aria-describedby': `${name}-problem` } : {}
  if (field.type === 'choice') {
    return (
      <select
        id={name}
        name={name}
        className="mi-control"
        required={field.isRequired}
        value={value}
        {...described}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{choose}</option>
        {offers.map((each) => (
          <option key={each.value} value={each.value}>
            {each.text}
          </option>
        ))}
      </select>
    )
  }
  if (field.type === 'several') return <Several {...{ name, value, offers, onChange }} />
  const typed = {
    id: name,
    name,
    className: 'mi-control',
    required: field.isRequired,
    minLength: field.least,
    maxLength: field.most,
    value,
    ...described,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  return field.type === 'textarea' ? <textarea rows={4} {...typed} /> : <input type={field.type} {...typed} />
}

/** Boxes to tick; what is ticked is sent side by side, with commas. */
function Several({ name, value, offers, onChange }: Omit<ControlProps, 'field' | 'choose' | 'isRefused'>) {
  const ticked = new Set(value ? value.split(',') : [])
  const tick = (one: string) => {
    if (!ticked.delete(one)) ticked.add(one)
    onChange([...ticked].join(','))
  }
  return (
    <div role="group" aria-labelledby={`${name}-label`}>
      {offers.map((each) => (
        <label key={each.value} style={{ display: 'flex', gap: 8, padding: '6px 0' }}>
          <input type="checkbox" checked={ticked.has(each.value)} onChange={() => tick(each.value)} />
          {each.text}
        </label>
      ))}
    </div>
  )
}

function formOf(typed: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(typed)) if (value !== '') data.append(name, value)
  return data
}

/** Of a record where there is one. */
async function ask(asked: Parameters<ApiClient['resourceAction']>[0], recordId: string | undefined) {
  const api = new ApiClient()
  const told = recordId ? await api.recordAction({ ...asked, recordId }) : await api.resourceAction(asked)
  return told.data as Answer
}
