import * as React from 'react'
import { useEffect, useState } from 'react'
import { Box, H5, MessageBox, Text } from '@adminjs/design-system'
import { ApiClient, useTranslation } from 'adminjs'
import { AuditExport } from './audit_export.js'
import { AuditVerification } from './audit_verification.js'
import { PageTitle } from './page_title.js'

const PAGE = 'audit_proof'

interface State {
  checkpoint: { size: number; at: string } | null
  unsealed: number
  late: number
  counted: number
  is_sealing: boolean
  anchors: { place: string; size: number | null; at: string | null; problem: string | null }[]
}

/** What proves that the audit is as it was written: how far it is sealed and kept elsewhere, its verification, its export. */
export function AuditProof() {
  const { translateComponent } = useTranslation()
  const [state, setState] = useState<State | null>(null)
  useEffect(() => {
    void new ApiClient().getPage({ pageName: PAGE }).then(({ data }) => setState(data as State))
  }, [])
  return (
    <Box variant="grey">
      <PageTitle text={translateComponent('title', PAGE)} />
      {state && <Sealing state={state} />}
      <AuditVerification />
      <AuditExport />
    </Box>
  )
}

function Sealing({ state }: { state: State }) {
  const { translateComponent } = useTranslation()
  const say = (key: string, values?: Record<string, string>) => translateComponent(key, PAGE, values)
  const { checkpoint, unsealed, late, counted, is_sealing: isSealing, anchors } = state
  const numberOf = (rows: number) => (rows > counted ? `${whole(counted)}+` : whole(rows))
  return (
    <Box variant="white" mb="lg" as="section" aria-labelledby="sealing-title">
      <H5 id="sealing-title">{say('sealing_title')}</H5>
      {late > 0 && <MessageBox variant="danger" message={say('late', { rows: numberOf(late) })} mb="lg" />}
      <Text>
        {checkpoint ? say('checkpoint', { size: whole(checkpoint.size), at: instant(checkpoint.at) }) : say('none_yet')}
      </Text>
      <Text>{say('unsealed', { rows: numberOf(unsealed) })}</Text>
      <Text mb="lg">{say(isSealing ? 'sealing' : 'not_sealing')}</Text>
      {anchors.length === 0 && <Text>{say('no_anchor')}</Text>}
      <ul style={{ overflowWrap: 'anywhere' }}>
        {anchors.map(({ place, size, at, problem }) => (
          <li key={place}>
            {place}
            {' – '}
            {size === null ? say('never_anchored') : say('anchored', { size: whole(size), at: at ? instant(at) : '' })}
            {problem && ` ${say('anchor_failed', { problem })}`}
          </li>
        ))}
      </ul>
    </Box>
  )
}

const language = () => document.documentElement.lang || undefined
const whole = (rows: number) => rows.toLocaleString(language())
const instant = (at: string) => new Date(at).toLocaleString(language(), { dateStyle: 'long', timeStyle: 'medium' })
