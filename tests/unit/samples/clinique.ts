import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

export const SAMPLE = new URL('../../../resources/samples/clinique/', import.meta.url)
export const SAMPLE_FILES = ['medecins.csv', 'patients.csv', 'visites.csv', 'analyses.csv', 'flaws.json']

export interface SampleLine {
  fields: string[]
  text: string
  isLatin1: boolean
}

/** The lines of one file after its header, each read by itself: some are in Latin-1, some are not CSV. */
export function readLines(file: string): SampleLine[] {
  const bytes = readFileSync(new URL(file, SAMPLE)).toString('latin1')
  return bytes.split('\r\n').slice(1, -1).map(readLine)
}

function readLine(raw: string): SampleLine {
  const { text, isLatin1 } = decode(Buffer.from(raw, 'latin1'))
  const [fields = []] = parse(text, { delimiter: ';', relax_quotes: true, quote: isBalanced(text) ? '"' : false })
  return { fields: fields as string[], text, isLatin1 }
}

export const isBalanced = (text: string) => (text.split('"').length - 1) % 2 === 0

function decode(line: Buffer) {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(line), isLatin1: false }
  } catch {
    return { text: line.toString('latin1'), isLatin1: true }
  }
}

export const isDate = (text: string) => /^(0[1-9]|[12]\d|3[01])\/(0[1-9]|1[0-2])\/(19|20)\d\d$/.test(text)
