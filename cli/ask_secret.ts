import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: Pick<NodeJS.WriteStream, 'write'>
}

/**
 * Asks on the terminal for something that must not be seen there: what is typed is not written back. Null where nobody
 * sits at one.
 */
export async function askSecret(
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr }
): Promise<string | null> {
  if (!input.isTTY) return null
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: nowhere, terminal: true, historySize: 0 })
  const given = new AbortController()
  reader.once('SIGINT', () => given.abort())
  output.write(question)
  try {
    const typed = await reader.question('', { signal: given.signal })
    return typed.trim() || null
  } catch (error) {
    if (given.signal.aborted) return null
    throw error
  } finally {
    reader.close()
    output.write('\n')
  }
}
