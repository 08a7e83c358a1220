import { serving } from '#tests/fuzz/serving'

export const runs = 20_000

// Below this the requests would hardly get past the door, and say little of what lies behind.
const LEAST_DONE = 0.15
/** An operation or a device's write that was tried so often was done at least once. */
const TRIES = 100

export interface Proof {
  runs: number
  seed: number
  log: (line: string) => void
}

/** Whatever is sent to the API: no answer is an error of the server, and every answer is what the document says. */
export async function prove({ runs: wanted, seed, log }: Proof): Promise<void> {
  await serving(async (origin) => {
    const { fuzz } = await import('#tests/fuzz/fuzz')
    const { ApiDocument } = await import('#tests/fuzz/document')
    const { openapiDocument } = await import('#app/openapi/openapi_document')
    const { OPERATIONS } = await import('#start/operations')
    const document = new ApiDocument(JSON.parse(JSON.stringify(openapiDocument('en'))))
    const tally = await fuzz({ origin, document, usually: (id) => OPERATIONS[id]!.as, runs: wanted, seed })
    for (const line of tally.lines()) log(line)
    log(`${document.operations.length} operations, ${tally.cases} cases, ${(tally.shareDone * 100).toFixed(1)} % done`)
    if (tally.shareDone < LEAST_DONE) throw new Error(`only ${(tally.shareDone * 100).toFixed(1)} % were done`)
    const never = tally.neverDone(TRIES)
    if (never.length) throw new Error(`never done: ${never.join(', ')}`)
  })
}
