import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCli } from '#cli/run_cli'
import { APP_ROOT } from '#start/ignition'

export interface Answered {
  code: number
  out: string
  err: string
}

/** Runs a command line in this process, against the database of the test run. */
export async function medinfo(...argv: string[]): Promise<Answered> {
  const written = { out: '', err: '' }
  const restore = [
    capture(process.stdout, (text) => (written.out += text)),
    capture(process.stderr, (text) => (written.err += text)),
  ]
  try {
    const code = await runCli(argv)
    return { code, ...written }
  } finally {
    for (const give of restore) give()
  }
}

/** As `medinfo`, with --json: the standard output must be one JSON object and nothing else. */
export async function medinfoJson(...argv: string[]): Promise<Answered & { json: any }> {
  const answered = await medinfo(...argv, '--json')
  return { ...answered, json: JSON.parse(answered.out) }
}

/** The exit code alone. */
export async function exitOf(...argv: string[]): Promise<number> {
  const { code } = await medinfo(...argv)
  return code
}

/** What --json answers, alone. */
export async function jsonOf(...argv: string[]): Promise<any> {
  const { json } = await medinfoJson(...argv)
  return json
}

function capture(stream: NodeJS.WriteStream, keep: (text: string) => void) {
  const { write } = stream
  stream.write = ((chunk: string | Uint8Array) => {
    keep(String(chunk))
    return true
  }) as typeof write
  return () => {
    stream.write = write
  }
}

export interface Started {
  child: ChildProcess
  /** What the process wrote until now. */
  written: { out: string; err: string }
  /** Resolves once the standard output holds the text; rejects when the process ends before. */
  says(text: string): Promise<void>
  ended: Promise<Answered>
}

/** Starts the program as an operator does: compiled where the build is current, else from source. */
export async function start(home: string, argv: string[], settings: Record<string, string> = {}): Promise<Started> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, [...(await program()), ...argv], {
    cwd: APP_ROOT,
    env: { PATH, HOME, MEDINFO_HOME: home, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = { out: '', err: '' }
  const ended = new Promise<Answered>((resolve) => {
    child.on('close', (code) => resolve({ code: code ?? -1, ...written }))
  })
  child.stdout.on('data', (chunk: Buffer) => (written.out += String(chunk)))
  child.stderr.on('data', (chunk: Buffer) => (written.err += String(chunk)))
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => written.out.includes(text) && resolve()
      child.stdout.on('data', look)
      look()
      void ended.then(({ code, err }) => reject(new Error(`ended with ${code} before saying "${text}": ${err}`)))
    })
  return { child, written, says, ended }
}

export async function runProgram(home: string, argv: string[], settings?: Record<string, string>): Promise<Answered> {
  const { ended } = await start(home, argv, settings)
  return ended
}

let found: string[] | undefined

async function program(): Promise<string[]> {
  if (found) return found
  const tools = new URL('tools/build.mjs', APP_ROOT).href
  const { isBuildNeeded } = (await import(tools)) as { isBuildNeeded(root: string): boolean }
  const root = normalize(fileURLToPath(APP_ROOT)).replace(/\/$/, '')
  found = isBuildNeeded(root) ? ['--import', '@poppinss/ts-exec', 'cli/run.ts'] : ['build/cli/run.js']
  return found
}

/** An empty folder for `.env` and data, and what removes it. */
export async function anEmptyHome(): Promise<{ home: string; remove: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'medinfo-cli-'))
  return { home, remove: () => rm(home, { recursive: true, force: true }) }
}
