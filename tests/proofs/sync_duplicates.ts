import { Agent, request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { text as textOf } from 'node:stream/consumers'
import type { Mutation, MutationResult, SyncAnswer } from '#app/sync/protocol'
import { servingOnMariadb } from '#tests/fuzz/on_mariadb'
import { randomFrom } from '#tests/fuzz/random'
import type { Proof } from '#tests/proofs/brute_force'

/** Calls that bring a mutation which another call brings at the same moment. */
export const runs = 10_000

/** Of one mutation, all on their way together. */
const COPIES = 5
/** Mutations that are on their way at one moment, some of them at the same record. */
const TOGETHER = 4

/**
 * Whatever is sent several times at the same moment is done once, and every copy is told the same. Of four mutations at
 * a time, two make a record and two correct one that exists, the same one and the same field, so that one of these is
 * applied and the other in conflict. The control sends copies with ids of their own: they are all done.
 */
export async function prove({ runs: calls, seed, log }: Proof): Promise<void> {
  await servingOnMariadb(async (origin) => {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const agent = new Agent({ keepAlive: true, maxSockets: COPIES * TOGETHER })
    const world = await makeWorld()
    const send = (mutation: Mutation) => sendOne(origin, agent, world, mutation)
    const random = randomFrom(seed)
    const told = { applied: 0, duplicate: 0, conflict: 0 } as Record<string, number>
    const made = async () => Number((await db.from('medical_records').count('* as n').first()).n)

    await refuseControl(world, send, made)
    const before = await made()
    let [sent, records] = [0, 0]
    for (let round = 0; sent < calls; round++) {
      const mutations = await nextMutations(world, round, random)
      records += mutations.filter(({ name }) => name === 'records.add').length
      const copies = mutations.flatMap((mutation) => Array.from({ length: COPIES }, () => mutation))
      const results = await Promise.all(shuffled(copies, random).map(send))
      sent += results.length
      for (const { status } of results) told[status] = (told[status] ?? 0) + 1
      for (const mutation of mutations) refuseDivergent(mutation, results)
    }
    agent.destroy()
    log(
      `${sent} calls: ${Object.entries(told)
        .map(([status, count]) => `${count} ${status}`)
        .join(', ')}`
    )
    const now = (await made()) - before
    if (now !== records) throw new Error(`${records} records were sent, and ${now} made`)
    log(`${records} records were sent and made; none of ${sent / COPIES} mutations had two answers`)
  })
}

interface World {
  device: string
  credential: string
  patient: string
  /** A consultation that mutations correct. */
  consultation: { id: string; version: number; reason: string }
}

async function makeWorld(): Promise<World> {
  const { callerOf, handDevice, someone } = await import('#tests/acting')
  const { registerPatient } = await import('#app/patients/register_patient')
  const { recordConsultation } = await import('#app/consultations/record_consultation')
  const { newUuid } = await import('#app/core/ids')
  const { aPatient } = await import('#tests/functional/patients/some_patient')
  const doctor = await someone('doctor')
  const device = newUuid()
  const credential = await handDevice(device, doctor)
  const { uuid: patient } = await registerPatient(callerOf(doctor), aPatient())
  const held = { patient_id: patient, date: '2026-03-02T09:30:00Z', reason: 'Fièvre' }
  const { uuid: id, version } = await recordConsultation(callerOf(doctor), held)
  return { device, credential, patient, consultation: { id, version, reason: 'Fièvre' } }
}

let seq = 0

async function aMutation(more: Pick<Mutation, 'name' | 'data'> & Partial<Mutation>): Promise<Mutation> {
  const { newUuid } = await import('#app/core/ids')
  const [mutation_id, client_generated_uuid] = [newUuid(), newUuid()]
  const empty = { base_version: null, base: null, depends_on: [], client_updated_at: new Date().toISOString() }
  return { mutation_id, client_generated_uuid, client_seq: ++seq, ...empty, ...more }
}

const aNote = ({ patient }: World, text: string) =>
  aMutation({ name: 'records.add', data: { patient_id: patient, type: 'note', description: text } })

/** Two new notes, and two corrections of which each knows the same former version. */
async function nextMutations(world: World, round: number, random: () => number): Promise<Mutation[]> {
  const { consultation } = world
  const correct = (side: string) =>
    aMutation({
      name: 'consultations.correct',
      client_generated_uuid: consultation.id,
      base_version: consultation.version,
      base: { reason: consultation.reason },
      data: { reason: `${side} ${round} ${Math.floor(random() * 1e6)}` },
    })
  return Promise.all([aNote(world, `Note ${round} a`), aNote(world, `Note ${round} b`), correct('Un'), correct('Deux')])
}

function shuffled<T>(list: T[], random: () => number): T[] {
  return list
    .map((each) => [random(), each] as const)
    .sort(([one], [other]) => one - other)
    .map(([, each]) => each)
}

async function sendOne(origin: URL, agent: Agent, world: World, mutation: Mutation): Promise<MutationResult> {
  const headers = { 'content-type': 'application/json', 'authorization': `Device ${world.credential}` }
  const request = httpRequest(new URL('/api/v1/sync', origin), { method: 'POST', headers, agent })
  const call = { protocol: 1, device_id: world.device, epoch: null, cursor: null, mutations: [mutation] }
  request.end(JSON.stringify(call))
  const [answer] = await once(request, 'response')
  const body = await textOf(answer)
  const [result] = (JSON.parse(body) as SyncAnswer).results ?? []
  if (!result) throw new Error(`answered ${answer.statusCode} ${body}`)
  if (result.status === 'applied' && mutation.name === 'consultations.correct')
    world.consultation = { ...world.consultation, version: result.version, reason: mutation.data.reason as string }
  return result
}

/** Done, by whichever copy came first, or in conflict: one of these for all copies, with the same version. */
function refuseDivergent({ mutation_id, name }: Mutation, results: MutationResult[]) {
  const own = results.filter((result) => result.mutation_id === mutation_id)
  const answers = new Set(own.map(answerOf))
  const times = own.filter(({ status }) => status === 'applied').length
  const isDone = own.some(({ status }) => status === 'duplicate' || status === 'applied')
  if (answers.size !== 1 || times !== Number(isDone))
    throw new Error(
      `${name} ${mutation_id} was told ${own.map(({ status }) => status).join(', ')}: ${[...answers].join(' / ')}`
    )
}

function answerOf(result: MutationResult): string {
  if (result.status === 'applied' || result.status === 'duplicate') return 'done'
  if (result.status === 'conflict') return `conflict, ${JSON.stringify(result.client_version)}`
  return JSON.stringify(result)
}

async function refuseControl(
  world: World,
  send: (mutation: Mutation) => Promise<MutationResult>,
  made: () => Promise<number>
) {
  const before = await made()
  await Promise.all(Array.from({ length: COPIES }, async () => send(await aNote(world, 'Le témoin'))))
  if ((await made()) - before !== COPIES) throw new Error('copies with ids of their own were not all done')
}
