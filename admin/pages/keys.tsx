import * as React from 'react'
import { useEffect, useState } from 'react'
import { Box, H5, MessageBox, Text } from '@adminjs/design-system'
import { ApiClient, useNotice, useTranslation } from 'adminjs'
import { Link } from 'react-router-dom'
import { ActionDialog } from './action_dialog.js'
import { KeyTable, type KeptKey } from './key_table.js'
import { PageTitle } from './page_title.js'
import { isOpen, Rotations, type Rotation } from './rotations.js'

const PAGE = 'keys'
const CHANGES = ['rotate_kek', 'rotate_master', 'rotate_data', 'rotate_index', 'rewrap'] as const
/* Each look is in the audit: the longer it takes, the more seldom one looks. */
const PAUSES_MS = [1000, 1000, 2000, 3000, 5000, 8000, 15_000]

interface Status {
  provider: { name: string; answers: boolean }
  keys: KeptKey[]
  data_keys: Record<string, number>
  rotations: Rotation[]
  may_retry: boolean
  may_erase: boolean
}

/** What keys there are, how old they are, and their rotations while they run. */
export function Keys() {
  const { translateMessage, translateProperty } = useTranslation()
  const say = (key: string, values: object = {}) => translateMessage(key, PAGE, values)
  const [status, setStatus] = useState<Status | null>(null)
  const [isUnread, setUnread] = useState(false)
  const [asked, setAsked] = useState<{ action: string; job?: string } | null>(null)
  const [looks, setLooks] = useState(0)
  const addNotice = useNotice()

  const read = async () => {
    try {
      const { data } = await new ApiClient().getPage<Status>({ pageName: PAGE })
      setStatus(data)
    } catch {
      setUnread(true)
    }
  }
  const look = async (before: Status) => {
    const rotations = await rotationsNow().catch(() => before.rotations)
    const ended = before.rotations.filter((one) => isOpen(one) && !rotations.some(({ id }) => id === one.id))
    for (const { kind } of ended)
      addNotice({
        type: 'success',
        message: say('ended', { kind: translateProperty(`kind=${kind}`, 'jobs') }),
        resourceId: PAGE,
      })
    if (ended.length) await read()
    else setStatus({ ...before, rotations })
    setLooks(looks + 1)
  }
  useEffect(() => void read(), [])
  useEffect(() => {
    if (!status?.rotations.some(isOpen)) return
    const turn = () => (document.hidden ? setStatus({ ...status }) : void look(status))
    const timer = setTimeout(turn, PAUSES_MS[Math.min(looks, PAUSES_MS.length - 1)])
    return () => clearTimeout(timer)
  }, [status])

  return (
    <Box variant="grey">
      <PageTitle text={say('title')} />
      {isUnread && <MessageBox variant="danger" message={say('unread')} mb="lg" />}
      {!status && !isUnread && <Text>{say('preparing')}</Text>}
      {status && (
        <>
          <Rotations
            rotations={status.rotations}
            mayRetry={status.may_retry}
            onRetry={(job) => setAsked({ action: 'retry', job })}
          />
          <KeyTable {...status} />
          <Box as="section" variant="white" mb="lg" aria-labelledby="changes-title">
            <H5 id="changes-title">{say('changes_title')}</H5>
            <Text mb="lg">{say('changes_why')}</Text>
            <ul>
              {CHANGES.map((action) => (
                <Offered key={action} action={action} onAsk={() => setAsked({ action })} />
              ))}
            </ul>
          </Box>
          {status.may_erase && (
            <Box as="section" variant="white" aria-labelledby="erasures-title">
              <H5 id="erasures-title">{say('erasures_title')}</H5>
              <Text mb="default">{say('erasures_why')}</Text>
              <Link className="mi-link" to="/admin/resources/erasures">
                {say('erasures_link')}
              </Link>
            </Box>
          )}
        </>
      )}
      {asked && (
        <ActionDialog
          page={PAGE}
          action={asked.action}
          typed={asked.job ? { job: asked.job } : {}}
          isDangerous={asked.action !== 'retry'}
          onClose={() => setAsked(null)}
          onDone={(notice) => {
            addNotice(notice)
            setLooks(0)
            void read()
            document.getElementById('rotations-title')?.focus()
          }}
        >
          <Text mb="lg">{say(`explained.${asked.action}`)}</Text>
        </ActionDialog>
      )}
    </Box>
  )
}

function Offered({ action, onAsk }: { action: string; onAsk(): void }) {
  const { translateAction, translateMessage } = useTranslation()
  return (
    <li className="mi-row mi-between" style={{ padding: '12px 0', borderBottom: '1px solid #eeeeef' }}>
      <span id={`about-${action}`} style={{ flex: '1 1 240px' }}>
        {translateMessage(`about.${action}`, PAGE)}
      </span>
      <button type="button" className="mi-button mi-danger" aria-describedby={`about-${action}`} onClick={onAsk}>
        {translateAction(action, PAGE)}
      </button>
    </li>
  )
}

async function rotationsNow(): Promise<Rotation[]> {
  const params = { only: 'rotations' }
  const { data } = await new ApiClient().getPage<{ rotations: Rotation[] }>({ pageName: PAGE, params })
  return data.rotations
}
