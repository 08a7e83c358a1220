import { text } from '#cli/texts'

export interface Advance {
  file: string
  rowsRead: number
  bytesRead: number
  bytesTotal: number
}

const WIDTH = 24
const REDRAW_MS = 100
const LINE_MS = 5_000

/** How far a long work is: a bar that is redrawn on a terminal, else a line every five seconds and one a file. */
export class Progress {
  private shownAt = 0
  private file = ''

  constructor(
    private stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
    private clock: () => number = () => performance.now()
  ) {}

  show(advance: Advance) {
    const isNewFile = advance.file !== this.file
    if (!isNewFile && this.clock() - this.shownAt < (this.stream.isTTY ? REDRAW_MS : LINE_MS)) return
    this.shownAt = this.clock()
    this.file = advance.file
    if (this.stream.isTTY) this.stream.write(`\r\u001b[K${barLine(advance)}`)
    else this.stream.write(`${plainLine(advance)}\n`)
  }

  /** Leaves the terminal's line free for what follows. */
  end() {
    if (this.stream.isTTY && this.file) this.stream.write('\r\u001b[K')
  }
}

function shareOf({ bytesRead, bytesTotal }: Advance) {
  return bytesTotal > 0 ? Math.min(1, bytesRead / bytesTotal) : 0
}

function barLine(advance: Advance) {
  const filled = Math.round(shareOf(advance) * WIDTH)
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${plainLine(advance)}`
}

function plainLine(advance: Advance) {
  const { file, rowsRead: rows } = advance
  return text('import.progress', { percent: Math.floor(shareOf(advance) * 100), file, rows })
}
