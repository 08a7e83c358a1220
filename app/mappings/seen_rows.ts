import Database from 'better-sqlite3'

/**
 * What must be remembered of rows that went by: how often a content was seen, and the rows that others take from.
 * A temporary SQLite database (the empty name) keeps it: its cache is bounded and the rest spills into a file that
 * SQLite has already unlinked, so the heap does not grow with the files and nothing stays on the disk.
 */
export class SeenRows {
  readonly #database = new Database('')
  readonly #count
  readonly #keep
  readonly #find

  constructor() {
    this.#database.exec(`
      pragma cache_size = -8192; pragma journal_mode = off; pragma synchronous = off;
      create table contents (digest text primary key, times integer not null) without rowid;
      create table kept (file text, key text, cells text not null, primary key (file, key)) without rowid;
      begin`)
    this.#count = this.#database
      .prepare('insert into contents values (?, 1) on conflict do update set times = times + 1 returning times')
      .pluck()
    this.#keep = this.#database.prepare('insert or replace into kept values (?, ?, ?)')
    this.#find = this.#database.prepare('select cells from kept where file = ? and key = ?').pluck()
  }

  /** 1 for the first row of this content in this file, 2 for the second … */
  occurrenceOf(file: string, digest: string): number {
    return this.#count.get(`${file}:${digest}`) as number
  }

  keep(file: string, key: string, cells: Record<string, string>) {
    this.#keep.run(file, key, JSON.stringify(cells))
  }

  find(file: string, key: string): Record<string, string> | null {
    const cells = this.#find.get(file, key)
    return typeof cells === 'string' ? (JSON.parse(cells) as Record<string, string>) : null
  }

  close() {
    this.#database.close()
  }
}
