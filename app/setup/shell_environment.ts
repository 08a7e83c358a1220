/* eslint-disable no-restricted-syntax -- start/env.ts validates the settings of the application, and so needs them to
   be there: the language of a message and `medinfo up` come before that. */
import { resolve } from 'node:path'

export type Language = 'fr' | 'en'

/** POSIX: LC_ALL wins over LC_MESSAGES, which wins over LANG; an empty one does not count. French unless it says English. */
export function languageOfShell(variables: Record<string, string | undefined> = process.env): Language {
  const locale = variables.LC_ALL || variables.LC_MESSAGES || variables.LANG || variables.LANGUAGE || ''
  return /^en/i.test(locale) ? 'en' : 'fr'
}

/** The folder of `.env`, the same as `HOME` of start/env.ts. */
export function homeFolder(): string {
  return resolve(process.env.MEDINFO_HOME ?? process.cwd())
}

export function shellSetting(name: string): string | undefined {
  return process.env[name] || undefined
}

/** Settings for this run alone: they win over `.env` when they are there before start/env.ts is read. */
export function overrideSettings(settings: Record<string, string | undefined>) {
  for (const [name, value] of Object.entries(settings)) if (value !== undefined) process.env[name] = value
}
