import { serving } from '#tests/fuzz/serving'
import { environmentOf, startServices } from '../../tools/services.mjs'

/** As `serving`, on a MariaDB of its own that is started before and ended after. */
export async function servingOnMariadb(
  work: (origin: URL) => Promise<void>,
  settings: Record<string, string> = {}
): Promise<void> {
  const services = await startServices(['mariadb'])
  try {
    const database = environmentOf(services)
    Object.assign(process.env, database)
    await serving(work, { ...database, ...settings })
  } finally {
    await services.stop()
  }
}
