import * as React from 'react'
import { useState } from 'react'
import { Box, Button, H5, MessageBox, Text } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'
import { linesOf } from './lines.js'
import { csrfToken } from './session.js'

const PAGE = 'audit_proof'

interface Result {
  isSound: boolean
  verdict: string
  findings: string[]
  notices: string[]
  about: string[]
}

type Told = { rows: number; total: number } | { result: Result } | { refusal: string }

/** Reads the whole audit while the page shows how far it is. */
export function AuditVerification() {
  const { translateComponent } = useTranslation()
  const [progress, setProgress] = useState<{ rows: number; total: number } | null>(null)
  const [result, setResult] = useState<Result | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const say = (key: string, values?: Record<string, string>) => translateComponent(key, PAGE, values)

  const verify = async () => {
    setProgress({ rows: 0, total: 0 })
    setResult(null)
    setProblem(null)
    try {
      const told = await verified(setProgress)
      if ('result' in told) setResult(told.result)
      else setProblem(told.refusal || say('cut_off'))
    } catch {
      setProblem(say('cut_off'))
    } finally {
      setProgress(null)
    }
  }
  return (
    <Box variant="white" mb="lg" as="section" aria-labelledby="verification-title">
      <H5 id="verification-title">{say('verify_title')}</H5>
      <Text mb="lg">{say('verify_why')}</Text>
      <Button type="button" variant="contained" disabled={progress !== null} onClick={() => void verify()}>
        {say('verify')}
      </Button>
      <div role="status">
        {progress && (
          <Text mt="lg">
            {say('progress', { percent: String(percentOf(progress)), rows: progress.rows.toLocaleString(language()) })}
          </Text>
        )}
        {result && <MessageBox mt="lg" variant={result.isSound ? 'success' : 'danger'} message={result.verdict} />}
        {problem && <MessageBox mt="lg" variant="danger" message={problem} />}
      </div>
      {progress && <progress max={100} value={percentOf(progress)} aria-label={say('verify_title')} />}
      {result && (
        <ul style={{ overflowWrap: 'anywhere', listStyle: 'disc', padding: '16px 0 0 24px', lineHeight: 1.6 }}>
          {[...result.findings, ...result.notices, ...result.about].map((line, at) => (
            <li key={at}>{line}</li>
          ))}
        </ul>
      )}
    </Box>
  )
}

const language = () => document.documentElement.lang || undefined

const percentOf = ({ rows, total }: { rows: number; total: number }) => (total ? Math.floor((100 * rows) / total) : 0)

async function verified(onProgress: (progress: { rows: number; total: number }) => void) {
  const answer = await fetch('/admin/streams/audit_verification', {
    method: 'POST',
    headers: { 'X-XSRF-TOKEN': csrfToken(), 'Accept-Language': document.documentElement.lang },
  })
  if (!answer.ok) return { refusal: ((await answer.json()) as { detail?: string }).detail ?? '' }
  for await (const line of linesOf(answer)) {
    const told = line as unknown as Told
    if (!('rows' in told)) return told
    onProgress(told)
  }
  return { refusal: '' }
}
