const MOST_ROWS = 500
const FEWEST_ROWS = 10

// SQLite has one write lock; who waits for it longer than this notices.
const LOCK_MS = 30

/** How many rows the next batch has, so that it holds SQLite's write lock for a short time on any machine. */
export class Pace {
  rows: number

  constructor(private dialect: string) {
    this.rows = dialect === 'mysql' ? MOST_ROWS : 50
  }

  took(rows: number, milliseconds: number) {
    if (this.dialect === 'mysql') return
    const fitting = Math.round((rows * LOCK_MS) / milliseconds)
    // At most twice as many: the rows of the next file may be heavier.
    this.rows = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, this.rows * 2, fitting))
  }
}
