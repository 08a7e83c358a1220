import { isAbsolute, resolve } from 'node:path'
import type { S3ClientConfig } from '@aws-sdk/client-s3'
import type { Anchor } from '#app/audit/anchor'
import { fileAnchor } from '#app/anchors/file_anchor'
import { s3Anchor } from '#app/anchors/s3_anchor'
import { syslogAnchor } from '#app/anchors/syslog_anchor'
import env, { auditAnchors, HOME } from '#start/env'

const TEN_YEARS = 3_650

let known: Anchor[] | undefined

/** The places of AUDIT_ANCHORS. Errors: one whose address is incomplete. */
export function configuredAnchors(): Anchor[] {
  return (known ??= auditAnchors().map(anchorAt))
}

export function anchorAt(place: string): Anchor {
  const [, file] = /^file:(?:\/\/)?(.+)$/.exec(place) ?? []
  if (file) return fileAnchor(isAbsolute(file) ? file : resolve(HOME, file))
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*?))?\/?$/.exec(place) ?? []
  if (bucket) return s3Anchor({ bucket, prefix, days: env.get('AUDIT_ANCHOR_DAYS', TEN_YEARS), client: s3Settings() })
  const [, protocol, host, port = '514'] =
    /^syslog\+(tcp|udp):\/\/(\[[0-9a-f:]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(place) ?? []
  if (!protocol) throw new Error(`AUDIT_ANCHORS: ${place} is no place`)
  const address = { host: host!.replaceAll(/[[\]]/g, ''), port: Number(port) }
  return syslogAnchor({ protocol: protocol.toLowerCase() as 'tcp' | 'udp', ...address })
}

/** Without keys of its own it finds those of the machine, as every client of AWS does. */
function s3Settings(): S3ClientConfig {
  const [accessKeyId, secretAccessKey] = [env.get('S3_ACCESS_KEY_ID'), env.get('S3_SECRET_ACCESS_KEY')?.release()]
  const endpoint = env.get('S3_ENDPOINT')
  return {
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
    // Others than Amazon ask for none, but the client does.
    region: env.get('S3_REGION') ?? (endpoint ? 'us-east-1' : undefined),
    ...(endpoint && { endpoint, forcePathStyle: true }),
  }
}
