import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Beside the code, which its owner alone writes, and not in a /tmp where anybody could leave a cache for us.
if (import.meta.filename.endsWith('.js'))
  enableCompileCache(fileURLToPath(new URL('../.compile-cache', import.meta.url)))

const { runCli } = await import('#cli/run_cli')
process.exitCode = await runCli(process.argv.slice(2))
