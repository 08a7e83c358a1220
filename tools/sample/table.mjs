import { createWriteStream } from 'node:fs'
import { once } from 'node:events'

const LATIN_1_SHARE = 0.04
const CHUNK_BYTES = 1 << 18

/** A CSV file as an old program leaves it: semicolons, CRLF, UTF-8 with a few lines in Latin-1. Written as it is made. */
export class Table {
  constructor(path, columns, latin1Flaw, flaws) {
    this.file = createWriteStream(path)
    this.latin1Flaw = latin1Flaw
    this.flaws = flaws
    this.text = columns.join(';') + '\r\n'
  }

  /** @param {Random} chance decides about the encoding of a line that has accents */
  async add(row, chance, flaw = '') {
    const line = row.map((field) => (isRaw(flaw) ? field : quoted(field))).join(';') + '\r\n'
    if (/[^\x00-\x7f]/.test(line) && chance.chance(LATIN_1_SHARE)) {
      this.flaws.count(this.latin1Flaw)
      await this.flush()
      await this.write(Buffer.from(line, 'latin1'))
    } else {
      this.text += line
      if (this.text.length > CHUNK_BYTES) await this.flush()
    }
  }

  async flush() {
    const text = this.text
    this.text = ''
    if (text) await this.write(text)
  }

  async write(bytes) {
    if (!this.file.write(bytes)) await once(this.file, 'drain')
  }

  async close() {
    await this.flush()
    this.file.end()
    await once(this.file, 'finish')
  }
}

/** These two are spoiled by leaving out the quotes that the field needs. */
const isRaw = (flaw) => flaw === 'visits_stray_delimiter' || flaw === 'visits_unbalanced_quote'

function quoted(field) {
  return /[;"\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

/** Counts what was spoiled, for flaws.json. */
export class Flaws {
  counts = {}

  count(flaw) {
    if (flaw) this.counts[flaw] = (this.counts[flaw] ?? 0) + 1
  }

  toJSON() {
    return Object.fromEntries(Object.entries(this.counts).sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
