// Compiles TypeScript just in time for framework commands on the sources; compiled output uses bin/console.js.
import '@poppinss/ts-exec'

await import('./bin/console.js')
