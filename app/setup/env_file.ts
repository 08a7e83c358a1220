import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { FolderNotWritable } from '#app/setup/setup_problems'

const EXAMPLE = '.env.example'

/** The settings in the `.env` of this folder; null when there is none. */
export function readEnvFile(home: string): Record<string, string | undefined> | null {
  const file = join(home, '.env')
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : null
}

/**
 * Writes `.env` from `.env.example` with a new secret and the given settings, readable by its owner alone. An existing
 * one is never touched; answers whether it wrote one. Errors: FolderNotWritable.
 */
export async function writeEnvFile(home: string, settings: Record<string, string>): Promise<boolean> {
  const example = readFileSync(exampleIn(home), 'utf8')
  const values = { APP_KEY: randomBytes(32).toString('base64url'), ...settings }
  try {
    const file = await open(join(home, '.env'), 'wx', 0o600)
    await file.writeFile(filledIn(example, values))
    await file.sync()
    await file.close()
    return true
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    throw new FolderNotWritable(home, code ?? message)
  }
}

/** The example beside `.env`, else the one that came with the code. */
function exampleIn(home: string): string {
  const beside = join(home, EXAMPLE)
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../../${EXAMPLE}`, import.meta.url))
}

function filledIn(example: string, values: Record<string, string>): string {
  let text = example
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^#?${name}=.*$`, 'm')
    if (!line.test(text)) throw new Error(`${EXAMPLE} has no ${name}`)
    text = text.replace(line, () => `${name}=${quoted(value)}`)
  }
  return text
}

function quoted(value: string) {
  return /^[\w./:@%+,-]*$/.test(value) ? value : `"${value}"`
}
