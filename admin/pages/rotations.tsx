import * as React from 'react'
import { Box, H5, Text } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'
import { language } from './shown_value.js'

export interface Rotation {
  id: string
  kind: string
  state: 'waiting' | 'running' | 'failed'
  done: number
  total: number | null
  problem: string | null
  created_at: string
}

export const isOpen = ({ state }: Rotation) => state !== 'failed'

interface Props {
  rotations: Rotation[]
  mayRetry: boolean
  onRetry(id: string): void
}

/** How far each is, and why one stands still. */
export function Rotations({ rotations, mayRetry, onRetry }: Props) {
  const { translateMessage } = useTranslation()
  return (
    <Box as="section" variant="white" mb="lg" aria-labelledby="rotations-title">
      <H5 id="rotations-title" tabIndex={-1}>
        {translateMessage('rotations_title', 'keys')}
      </H5>
      {rotations.length === 0 && <Text>{translateMessage('no_rotation', 'keys')}</Text>}
      <ul>
        {rotations.map((rotation) => (
          <One key={rotation.id} {...{ rotation, mayRetry, onRetry }} />
        ))}
      </ul>
    </Box>
  )
}

function One({ rotation, mayRetry, onRetry }: { rotation: Rotation } & Omit<Props, 'rotations'>) {
  const { translateAction, translateMessage, translateProperty } = useTranslation()
  const { id, kind, state, done, total, problem, created_at: createdAt } = rotation
  const name = translateProperty(`kind=${kind}`, 'jobs')
  const since = new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(createdAt)
  )
  const percent = total ? Math.floor((100 * done) / total) : null
  return (
    <li style={{ padding: '12px 0' }}>
      <div className="mi-row mi-between">
        <span>
          <strong>{name}</strong> <span className="mi-badge">{translateProperty(`state=${state}`, 'jobs')}</span>
        </span>
        <span>{translateMessage('since', 'keys', { at: since })}</span>
      </div>
      {isOpen(rotation) && (
        <div className="mi-row" role="status">
          <progress aria-label={name} style={{ width: 'min(320px, 100%)' }} {...progressOf(percent)} />
          {percent !== null && <span>{translateMessage('percent', 'keys', { percent })}</span>}
        </div>
      )}
      {problem && <Text>{translateProperty(`problem=${problem}`, 'jobs', { defaultValue: problem })}</Text>}
      {mayRetry && (state === 'failed' || (state === 'waiting' && problem)) && (
        <button type="button" className="mi-button" onClick={() => onRetry(id)}>
          {translateAction('retry', 'keys')}
        </button>
      )}
    </li>
  )
}

const progressOf = (percent: number | null) => (percent === null ? {} : { max: 100, value: percent })
