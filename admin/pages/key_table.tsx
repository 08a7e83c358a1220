import * as React from 'react'
import { Box, H5, MessageBox, Text } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'

export interface KeptKey {
  kind: 'kek' | 'master' | 'root'
  name: string
  state: string
  wraps: number | null
  /** In days. */
  age: number | null
  is_due: boolean
}

interface Props {
  provider: { name: string; answers: boolean }
  keys: KeptKey[]
  data_keys: Record<string, number>
}

const PAGE = 'keys'
const COLUMNS = ['kind', 'key', 'state', 'wraps', 'age', 'due'] as const

/** Every key by its name, with its state and its age. */
export function KeyTable({ provider, keys, data_keys: dataKeys }: Props) {
  const { translateMessage, translateProperty } = useTranslation()
  const say = (key: string, values: object = {}) => translateMessage(key, PAGE, values)
  const named = { name: say(`provider.${provider.name}`) }
  const counts = Object.entries(dataKeys).map(([state, count]) => say(`data.${state}`, { count }))
  return (
    <Box as="section" variant="white" mb="lg" aria-labelledby="keys-title">
      <H5 id="keys-title">{say('keys_title')}</H5>
      {provider.answers ? (
        <Text mb="lg">{say('provider_answers', named)}</Text>
      ) : (
        <MessageBox variant="danger" message={say('provider_silent', named)} mb="lg" />
      )}
      <div className="mi-scroll" role="region" aria-labelledby="keys-title" tabIndex={0}>
        <table className="mi-table">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th scope="col" key={column}>
                  {translateProperty(column, PAGE)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <Row key={`${key.kind} ${key.name}`} of={key} />
            ))}
          </tbody>
        </table>
      </div>
      <Text mt="lg">{say('data_keys')}</Text>
      <ul>
        {counts.map((count) => (
          <li key={count}>{count}</li>
        ))}
      </ul>
    </Box>
  )
}

function Row({ of: { kind, name, state, wraps, age, is_due: isDue } }: { of: KeptKey }) {
  const { translateMessage, translateProperty } = useTranslation()
  const [purpose, version] = name.split(' ')
  const values = { purpose: translateProperty(`purpose=${purpose}`, PAGE), version, name }
  // Of the provider's key the name is its address there.
  const named = kind === 'kek' ? name : translateMessage(`named.${kind}`, PAGE, values)
  return (
    <tr>
      <td>{translateProperty(`kind=${kind}`, PAGE)}</td>
      <td className="mi-text">{named}</td>
      <td>{translateProperty(`state=${state}`, PAGE)}</td>
      <td>{wraps ?? '–'}</td>
      <td>{age === null ? '–' : translateMessage('days', PAGE, { count: age })}</td>
      <td>{isDue ? <span className="mi-badge">{translateMessage('is_due', PAGE)}</span> : '–'}</td>
    </tr>
  )
}
