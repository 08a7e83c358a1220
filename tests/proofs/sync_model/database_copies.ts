import db from '@adonisjs/lucid/services/db'

/** The audit only grows, and says nothing that devices hear of. */
const LEFT_OUT = /^(sqlite_|adonis_|audit_|rate_limits|sessions)/

interface Named {
  name: string
}

/** Whole copies of the database, in memory, and their return. Of SQLite's one writer. */
export class DatabaseCopies {
  private tables: { name: string; columns: string }[] = []

  async prepare(): Promise<void> {
    await db.rawQuery(`attach ':memory:' as copies`)
    // A proof of what is kept, not of the disk.
    await db.rawQuery('pragma synchronous = off')
    await db.rawQuery('pragma foreign_keys = off')
    const tables = (await db.rawQuery(`select name from main.sqlite_master where type = 'table'`)) as Named[]
    for (const { name } of tables.filter((table) => !LEFT_OUT.test(table.name))) {
      const columns = (await db.rawQuery(`pragma main.table_info(${name})`)) as Named[]
      this.tables.push({ name, columns: columns.map((column) => column.name).join(', ') })
    }
  }

  async keep(copy: string): Promise<void> {
    for (const { name, columns } of this.tables) {
      await db.rawQuery(`drop table if exists copies.${copy}_${name}`)
      await db.rawQuery(`create table copies.${copy}_${name} as select ${columns} from main.${name}`)
    }
  }

  async restore(copy: string): Promise<void> {
    await db.transaction(async (trx) => {
      for (const { name, columns } of this.tables) {
        await trx.rawQuery(`delete from main.${name}`)
        await trx.rawQuery(`insert into main.${name} (${columns}) select ${columns} from copies.${copy}_${name}`)
      }
    })
  }
}
