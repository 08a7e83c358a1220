/**
 * Runs `work` on tables without their secondary indexes, which are then built again by sorting: rows that each look for
 * their places in all of them take several times as long.
 */
export async function withoutIndexes(db, tables, work) {
  await db.query('set session unique_checks = 0, foreign_key_checks = 0')
  const taken = []
  for (const table of tables) {
    const [rows] = await db.query(
      `select index_name as name, group_concat('\`', column_name, '\`' order by seq_in_index) as columns
        from information_schema.statistics where table_schema = database() and table_name = ? and non_unique = 1
        group by index_name`,
      [table]
    )
    taken.push([table, rows])
    await db.query(`alter table ${table} ${rows.map(({ name }) => `drop index \`${name}\``).join(', ')}`)
  }
  await work()
  for (const [table, rows] of taken)
    await db.query(`alter table ${table} ${rows.map(({ name, columns }) => `add index \`${name}\` (${columns})`)}`)
}
