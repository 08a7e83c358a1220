import * as React from 'react'
import { useState, type FormEvent } from 'react'
import {
  Box,
  Button,
  FormGroup,
  FormMessage,
  H4,
  Input,
  Label,
  MessageBox,
  Select,
  Text,
  TextArea,
} from '@adminjs/design-system'
import { ApiClient, useNotice, useTranslation, type ActionProps } from 'adminjs'
import { useNavigate } from 'react-router-dom'
import { StepUp } from './step_up.js'

interface Field {
  type: 'text' | 'email' | 'textarea' | 'choice' | 'several'
  values?: readonly string[]
  isRequired?: boolean
}

interface Answer {
  notice?: { type: 'success' | 'error'; message: string }
  redirectUrl?: string
  problem?: string
  fields?: Record<string, string>
}

/** The form of any action: its fields, what the server says of them, and the proof of who one is where it is asked for. */
export function ActionForm({ action, record, resource }: ActionProps) {
  const { translateAction, translateProperty, translateMessage, translateButton } = useTranslation()
  const fields = (action.custom as { fields: Record<string, Field> }).fields
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [answer, setAnswer] = useState<Answer>({})
  const [isBusy, setBusy] = useState(false)
  const addNotice = useNotice()
  const navigate = useNavigate()

  const send = async () => {
    setBusy(true)
    try {
      const told = await post(resource.id, action.name, record?.id, typed)
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
        <H4>{translateAction(action.name, resource.id)}</H4>
        {record?.title && <Text mb="lg">{record.title}</Text>}
        <Text mb="lg">{translateMessage(`explained.${action.name}`, resource.id)}</Text>
        {answer.notice?.type === 'error' && answer.problem !== 'step_up_required' && (
          <MessageBox variant="danger" message={answer.notice.message} mb="lg" />
        )}
        {Object.entries(fields).map(([name, field]) => (
          <FormGroup key={name} error={Boolean(answer.fields?.[name])}>
            <Label htmlFor={name} required={field.isRequired}>
              {translateProperty(name, resource.id)}
            </Label>
            <Control
              name={name}
              field={field}
              value={typed[name] ?? ''}
              say={(value) => translateProperty(`${name}.${value}`, resource.id)}
              onChange={(value) => setTyped({ ...typed, [name]: value })}
            />
            {answer.fields?.[name] && <FormMessage>{answer.fields[name]}</FormMessage>}
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
  say(value: string): string
  onChange(value: string): void
}

function Control({ name, field, value, say, onChange }: ControlProps) {
  if (field.type === 'choice') {
    const options = (field.values ?? []).map((each) => ({ value: each, label: say(each) }))
    const chosen = options.find((option) => option.value === value) ?? null
    return (
      <Select
        inputId={name}
        value={chosen}
        options={options}
        isClearable={!field.isRequired}
        onChange={(option: { value: string } | null) => onChange(option?.value ?? '')}
      />
    )
  }
  const Typed = field.type === 'textarea' ? TextArea : Input
  return (
    <Typed
      id={name}
      name={name}
      type={field.type}
      required={field.isRequired}
      value={value}
      onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
    />
  )
}

async function post(
  resourceId: string,
  actionName: string,
  recordId: string | undefined,
  typed: Record<string, string>
) {
  const api = new ApiClient()
  const data = new FormData()
  for (const [name, value] of Object.entries(typed)) if (value !== '') data.append(name, value)
  const asked = { resourceId, actionName, data, method: 'post' as const }
  const told = recordId ? await api.recordAction({ ...asked, recordId }) : await api.resourceAction(asked)
  return told.data as Answer
}
