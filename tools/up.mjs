// npm run up: from a fresh clone to a running system. What needs the application (.env, keys, database, sample,
// server) is done by its own command line, `medinfo up`.
import { join } from 'node:path'
import { buildIfNeeded } from './build.mjs'
import { installDependencies } from './install.mjs'
import { requireNode24 } from './node24.mjs'
import { projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'

await installDependencies()
requireNode24()
await buildIfNeeded()
const { code, stopped } = await runChild(join(projectRoot, 'bin', 'medinfo'), ['up', ...process.argv.slice(2)])
// Ended because someone asked for it: that is no failure, and npm would print one.
process.exit(stopped && (code === 130 || code === 143) ? 0 : code)
