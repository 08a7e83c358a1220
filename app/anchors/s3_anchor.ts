import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { Anchor } from '#app/audit/anchor'
import { readCheckpoint } from '#app/audit/checkpoint'
import { now } from '#app/core/clock'

const DAY_MS = 86_400_000
/** A week of them; older ones are there for whoever looks into the bucket. */
const NEWEST = 1_000
const AT_ONCE = 8

interface S3Place {
  bucket: string
  /** Without slashes at its ends; may be empty. */
  prefix: string
  /** For how long nobody, the bucket's owner included, may delete a checkpoint. */
  days: number
  client: S3ClientConfig
}

/** A bucket with object lock. An object's name is size and root of its checkpoint, so that each is written once. */
export function s3Anchor({ bucket, prefix, days, client: config }: S3Place): Anchor {
  const folder = prefix ? `${prefix}/` : ''
  let connected: Promise<S3Client> | undefined
  let lastSeen: string | undefined
  const s3 = () => (connected ??= connect(config))

  return {
    place: `s3://${bucket}${prefix && `/${prefix}`}`,

    async put(note) {
      const { PutObjectCommand } = await import('@aws-sdk/client-s3')
      const { size, root } = readCheckpoint(note)
      const client = await s3()
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `${folder}${String(size).padStart(16, '0')}-${root.toString('hex')}.txt`,
          Body: note,
          ContentType: 'text/plain; charset=utf-8',
          ChecksumAlgorithm: 'SHA256',
          ObjectLockMode: 'COMPLIANCE',
          ObjectLockRetainUntilDate: new Date(now().getTime() + days * DAY_MS),
        })
      )
    },

    async read(newest = NEWEST) {
      const client = await s3()
      const after = newest === 1 ? lastSeen : undefined
      const keys = [...(after ? [after] : []), ...(await keysIn(client, { bucket, folder, after }))]
      lastSeen = keys.at(-1)
      const wanted = keys.slice(-newest)
      const notes: string[] = []
      for (let from = 0; from < wanted.length; from += AT_ONCE)
        notes.push(...(await Promise.all(wanted.slice(from, from + AT_ONCE).map((key) => get(client, bucket, key)))))
      return notes
    },
  }
}

async function get(client: S3Client, bucket: string, key: string): Promise<string> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3')
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return (await Body?.transformToString('utf-8')) ?? ''
}

async function connect(config: S3ClientConfig): Promise<S3Client> {
  const { S3Client: Client } = await import('@aws-sdk/client-s3')
  return new Client({ ...config, maxAttempts: 3, requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 } })
}

/** Oldest first, as their names sort. */
async function keysIn(
  client: S3Client,
  { bucket, folder, after }: { bucket: string; folder: string; after?: string }
): Promise<string[]> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3')
  const keys: string[] = []
  let token: string | undefined
  do {
    const asked = { Bucket: bucket, Prefix: folder, StartAfter: after, ContinuationToken: token }
    const page = await client.send(new ListObjectsV2Command(asked))
    for (const { Key } of page.Contents ?? []) if (Key?.endsWith('.txt')) keys.push(Key)
    token = page.NextContinuationToken
  } while (token)
  return keys.sort()
}
