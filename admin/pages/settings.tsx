import * as React from 'react'
import { useEffect, useState, type FormEvent } from 'react'
import { Box, Button, H5, MessageBox, Text } from '@adminjs/design-system'
import { ApiClient, useNotice, useTranslation } from 'adminjs'
import { doPageAction, type PageAnswer } from './page_action.js'
import { PageTitle } from './page_title.js'
import { PaperHead } from './paper_head.js'
import { SettingsField } from './settings_field.js'
import { StepUp } from './step_up.js'

const PAGE = 'settings'

interface Read {
  values: {
    name: string
    address: string[]
    phone: string | null
    header: string[]
    languages: string[]
    language: string
    national_id_country: string
  }
  languages: string[]
  countries: string[]
}

type Typed = Record<string, string>

/** What the clinic is called, how its documents begin, its languages, and whose national ids it takes. */
export function Settings() {
  const { translateMessage } = useTranslation()
  const say = (key: string) => translateMessage(key, PAGE)
  const [read, setRead] = useState<Read | null>(null)
  const [isUnread, setUnread] = useState(false)
  useEffect(() => {
    new ApiClient().getPage<Read>({ pageName: PAGE }).then(
      ({ data }) => setRead(data),
      () => setUnread(true)
    )
  }, [])
  return (
    <Box variant="grey">
      <PageTitle text={say('title')} />
      {isUnread && <MessageBox variant="danger" message={say('unread')} mb="lg" />}
      {!read && !isUnread && <Text>{say('preparing')}</Text>}
      {read && <Form read={read} />}
    </Box>
  )
}

function Form({ read }: { read: Read }) {
  const { translateMessage, translateButton, translateProperty } = useTranslation()
  const say = (key: string) => translateMessage(key, PAGE)
  const [typed, setTyped] = useState<Typed>(() => typedOf(read))
  const [answer, setAnswer] = useState<PageAnswer>({})
  const [isBusy, setBusy] = useState(false)
  const addNotice = useNotice()

  const send = async () => {
    setBusy(true)
    try {
      const told = await doPageAction(PAGE, { ...typed, action: 'change' })
      setAnswer(told)
      if (told.notice?.type !== 'success') return
      addNotice(told.notice)
      setTyped({ ...typed, reason: '' })
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  const about = (name: string) => ({
    name,
    label: translateProperty(name, PAGE),
    hint: say(`hint.${name}`),
    value: typed[name] ?? '',
    problem: answer.fields?.[name],
    say: (value: string) => translateProperty(`${name}=${value}`, PAGE),
    onChange: (value: string) => setTyped((before) => withOffered({ ...before, [name]: value })),
  })
  return (
    <form onSubmit={submit}>
      <Box as="section" variant="white" mb="lg" aria-labelledby="header-title">
        <H5 id="header-title">{say('header_title')}</H5>
        <SettingsField kind="text" isRequired most={120} {...about('name')} />
        <SettingsField kind="lines" {...about('address')} />
        <SettingsField kind="text" most={40} {...about('phone')} />
        <SettingsField kind="lines" {...about('header')} />
        <PaperHead title={say('preview')} {...typed} />
      </Box>
      <Box as="section" variant="white" mb="lg" aria-labelledby="languages-title">
        <H5 id="languages-title">{say('languages_title')}</H5>
        <SettingsField kind="several" values={read.languages} {...about('languages')} />
        <SettingsField kind="choice" values={typed.languages?.split(',')} {...about('language')} />
        <SettingsField kind="choice" values={read.countries} {...about('national_id_country')} />
      </Box>
      <Box as="section" variant="white" aria-labelledby="save-title">
        <H5 id="save-title">{say('save_title')}</H5>
        {answer.notice?.type === 'error' && answer.problem !== 'step_up_required' && (
          <MessageBox variant="danger" message={answer.notice.message} mb="lg" />
        )}
        <SettingsField kind="prose" isRequired least={3} most={500} {...about('reason')} />
        {answer.problem === 'step_up_required' ? (
          <StepUp onDone={send} />
        ) : (
          <Button type="submit" variant="contained" disabled={isBusy}>
            {translateButton('save', PAGE)}
          </Button>
        )}
      </Box>
    </form>
  )
}

/** The default language is one of those that are offered. */
function withOffered(typed: Typed): Typed {
  const offered = (typed.languages ?? '').split(',')
  return offered.includes(typed.language ?? '') ? typed : { ...typed, language: offered[0] ?? '' }
}

function typedOf({ values: { address, phone, header, languages, ...others } }: Read): Typed {
  const lines = { address: address.join('\n'), header: header.join('\n') }
  return { ...others, ...lines, phone: phone ?? '', languages: languages.join(',') }
}
