import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type User from '#app/users/user'
import { sessionOf } from '#tests/acting'

interface Told {
  status: number
  requestId: string
  body: Record<string, any>
}

export interface Begun {
  upload: string
  file: string
}

/** Somebody at the page of imports, as their browser asks. */
export class ImportDesk {
  private constructor(
    readonly user: User,
    readonly headers: Record<string, string>
  ) {}

  static async of(user: User): Promise<ImportDesk> {
    return new ImportDesk(user, await sessionOf(user))
  }

  address(name: string) {
    return `http://127.0.0.1:${process.env.PORT}/admin/streams/import_${name}`
  }

  async ask(name: string, sent?: object | Buffer | string, headers = this.headers): Promise<Told> {
    const answer = await this.fetched(name, sent, headers)
    const text = await answer.text()
    const requestId = answer.headers.get('x-request-id') ?? ''
    return { status: answer.status, requestId, body: JSON.parse(text.trim().split('\n').at(-1) || '{}') }
  }

  /** A body that is an object goes as JSON; without one it is a GET. */
  fetched(name: string, sent?: object | Buffer | string, headers = this.headers): Promise<Response> {
    const isJson = sent !== undefined && typeof sent === 'object' && !Buffer.isBuffer(sent)
    return fetch(this.address(name), {
      ...(sent === undefined ? {} : { method: 'POST', body: isJson ? JSON.stringify(sent) : (sent as never) }),
      headers: { ...headers, 'x-request-id': randomUUID() },
    })
  }

  async begin(name: string, bytes: number, upload?: string): Promise<Begun> {
    const { body } = await this.ask('upload', { name, bytes, ...(upload ? { upload } : {}) })
    return body as Begun
  }

  part({ upload, file }: Begun, at: number, bytes: Buffer) {
    return this.ask(`part?upload=${upload}&file=${file}&at=${at}`, bytes)
  }

  /** Sends files of one part each. */
  async send(files: Record<string, string>): Promise<{ upload: string; files: { file: string; entry: string }[] }> {
    const sent: { file: string; entry: string }[] = []
    let upload: string | undefined
    for (const [name, text] of Object.entries(files)) {
      const bytes = Buffer.from(text)
      const begun = await this.begin(name, bytes.length, upload)
      upload = begun.upload
      await this.part(begun, 0, bytes)
      sent.push({ file: begun.file, entry: name })
    }
    return { upload: upload!, files: sent }
  }
}

/** The mapping of our own CSV, of an old system whose keys are nobody else's. */
export async function ownMapping(): Promise<string> {
  const text = await readFile('resources/mappings/medinfo.yml', 'utf8')
  return text.replace(/^source: .*$/m, `source: test-${randomBytes(5).toString('hex')}`)
}
