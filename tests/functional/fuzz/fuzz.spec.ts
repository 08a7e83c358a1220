import { test } from '@japa/runner'
import { openapiDocument } from '#app/openapi/openapi_document'
import { ApiDocument } from '#tests/fuzz/document'
import { fuzz } from '#tests/fuzz/fuzz'
import type { Answer } from '#tests/fuzz/sending'
import { spoiledServer, type Fault, type Passed } from '#tests/functional/fuzz/spoiled_server'
import { OPERATIONS } from '#start/operations'

/** The document, where a new patient's address is a promise. */
function document(): ApiDocument {
  const source = JSON.parse(JSON.stringify(openapiDocument('en')))
  source.paths['/api/v1/patients'].post.responses[201].headers.Location.required = true
  return new ApiDocument(source)
}
const seed = 20_251
const usually = (id: string) => OPERATIONS[id]!.as

/** What the fuzz says of the application with this fault; null when it finds nothing. */
async function saidOf(fault: Fault, only = ['patients.store'], runs = 400): Promise<string | null> {
  const { origin, close } = await spoiledServer(fault)
  try {
    await fuzz({ origin, document: document(), only, usually, runs, seed })
    return null
  } catch (error) {
    return (error as Error).message
  } finally {
    close()
  }
}

/** A member of the first result of this kind that an answer to a device has. */
function inResult(answer: Answer, status: string, spoil: (result: any) => void) {
  if (!answer.text.includes(`"status":"${status}"`)) return
  const body = JSON.parse(answer.text) as { results: { status: string }[] }
  spoil(body.results.find((each) => each.status === status)!)
  answer.text = JSON.stringify(body)
}

const isRegistration = ({ method, path }: Passed) => method === 'POST' && path === '/api/v1/patients'

test.group('The fuzz', () => {
  const FAULTS: Record<string, [says: RegExp, fault: Fault]> = {
    'an answer that is an error of the server': [
      /^500: /m,
      (passed, answer) => {
        if (isRegistration(passed) && /[\u0300-\u036f]|\u{1f600}|\\ud/u.test(passed.body)) answer.status = 500
      },
    ],
    'a member that the document does not know': [
      /additionalProperties|unevaluated|must NOT have additional/,
      (passed, answer) => {
        if (isRegistration(passed) && answer.status === 201)
          answer.text = answer.text.replace('"data":{', '"data":{"ssn":"1",')
      },
    ],
    'a member of another kind': [
      /must be integer/,
      (passed, answer) => {
        if (isRegistration(passed)) answer.text = answer.text.replace(/"version":(\d+)/, '"version":"$1"')
      },
    ],
    'a status that is not documented': [
      /answers 418/,
      (passed, answer) => {
        if (isRegistration(passed) && answer.status === 409) answer.status = 418
      },
    ],
    'a refusal that says another status than it has': [
      /422 says that it is 400/,
      (passed, answer) => {
        if (isRegistration(passed)) answer.text = answer.text.replace('"status":422', '"status":400')
      },
    ],
    'a code of which the document does not speak': [
      /must be equal to one of the allowed values/,
      (passed, answer) => {
        if (isRegistration(passed)) answer.text = answer.text.replaceAll('malformed_body', 'stale_version')
      },
    ],
    'a refusal as a page': [
      /400 as text\/html/,
      (passed, answer) => {
        if (isRegistration(passed) && answer.status === 400) answer.headers['content-type'] = 'text/html'
      },
    ],
    'a promised header that is missing': [
      /201 has no Location/,
      (passed, answer) => {
        if (isRegistration(passed)) delete answer.headers.location
      },
    ],
    'an answer that shows how the server is made': [
      /shows how the server is made/,
      (passed, answer) => {
        if (isRegistration(passed) && answer.status === 400)
          answer.text = answer.text.replace('"code"', '"cause":"x\n    at parse (server.js:10:7)","code"')
      },
    ],
    'a refusal that leads to another request': [
      /names another request/,
      (passed, answer) => {
        if (isRegistration(passed)) answer.text = answer.text.replace(/"request_id":"[^"]+"/, '"request_id":"other"')
      },
    ],
    'an address that leads nowhere and is told so in another dialect': [
      /404 is told as text\/plain/,
      (_, answer) => {
        if (answer.text.includes('route_not_found')) answer.headers['content-type'] = 'text/plain'
      },
    ],
  }

  for (const [name, [says, fault]] of Object.entries(FAULTS))
    test(`tells ${name}`, async ({ assert }) => {
      assert.match((await saidOf(fault)) ?? 'nothing', says)
    })

  const OF_SYNC: Record<string, [says: RegExp, fault: Fault]> = {
    'a result that is an error of the server, in an answer that is none': [
      /a result is 500/,
      (_, answer) => inResult(answer, 'rejected', (result) => (result.http_status = 500)),
    ],
    'a result that has not the members of its kind': [
      /must have required property 'data'/,
      (_, answer) => inResult(answer, 'applied', (result) => delete result.data),
    ],
    'a result that stands for another mutation': [
      /which is not what was sent there/,
      (_, answer) => inResult(answer, 'applied', (result) => (result.mutation_id = 'another')),
    ],
    'a mutation that is left without a result': [
      /1 results of 2 mutations/,
      (_, answer) => {
        const body = answer.text.startsWith('{"epoch"') ? JSON.parse(answer.text) : null
        if (body?.results?.length !== 2) return
        body.results.pop()
        answer.text = JSON.stringify(body)
      },
    ],
    'a chart with a member that the document does not know': [
      /additionalProperties|must NOT have additional/,
      (_, answer) => {
        answer.text = answer.text.replace('{"kind":"chart",', '{"kind":"chart","ssn":"1",')
      },
    ],
    'a load that ends before its end and is called whole': [
      /a load does not begin and end/,
      (_, answer) => {
        answer.text = answer.text.replace('{"kind":"end"}\n', '')
      },
    ],
  }

  for (const [name, [says, fault]] of Object.entries(OF_SYNC))
    test(`tells ${name}`, async ({ assert }) => {
      assert.match((await saidOf(fault, ['sync.store', 'sync.bootstrap'], 150)) ?? 'nothing', says)
    })

  test('is satisfied by what a device is answered, and brings writes that are done', async ({ assert }) => {
    const { origin, close } = await spoiledServer(() => {})
    try {
      const only = ['sync.store', 'sync.bootstrap', 'devices.store', 'devices.destroy']
      const tally = await fuzz({ origin, document: document(), only, usually, runs: 150, seed })
      assert.deepEqual(tally.neverDone(20), [])
      for (const each of ['consultations.record', 'labs.enter', 'records.add'])
        assert.match(tally.lines().join('\n'), new RegExp(`\\(write\\) ${each} +applied`))
    } finally {
      close()
    }
  })

  test('tells the smallest request it found, who sent it, the seed, and how to send it again', async ({ assert }) => {
    const said = await saidOf(...([FAULTS['a status that is not documented']![1]] as const))
    assert.match(said!, new RegExp(`^seed ${seed}, sent by \\w+:\ncurl -i -g --path-as-is -X POST `))
    assert.include(said!, 'authorization: Bearer $TOKEN')
    assert.include(said!, `"$ORIGIN"'/api/v1/patients'`)
    assert.notInclude(said!, 'accept-language')
  })

  test('sends the same requests for the same seed', async ({ assert }) => {
    const sent: string[][] = [[], []]
    for (const each of sent)
      await saidOf(({ method, path }) => void each.push(`${method} ${path}`), ['patients.index'], 60)
    assert.isAbove(sent[0]!.length, 50)
    assert.deepEqual(sent[0], sent[1])
  })

  test('is satisfied by the application, and reaches what lies behind the refusals', async ({ assert }) => {
    const { origin, close } = await spoiledServer(() => {})
    const only = ['patients.index', 'patients.store', 'patients.show', 'patients.update', 'patients.destroy']
    try {
      const tally = await fuzz({ origin, document: document(), only, usually, runs: 200, seed })
      assert.isAbove(tally.shareDone, 0.15)
      assert.deepEqual(tally.neverDone(1), [])
    } finally {
      close()
    }
  })
})
