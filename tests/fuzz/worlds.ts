import { EXAMPLE } from '#app/http/example_ids'
import type { ExampleRole } from '#app/http/operation'
import { newUuid } from '#app/core/ids'
import { handDevice, sessionOf, tokenOf } from '#tests/acting'
import { exampleWorld, type ExampleKey } from '#tests/functional/api/example_world'

/** The records that the document's examples name, and a token of each role. */
export interface FuzzWorld {
  tokens: Record<ExampleRole, string>
  /** The headers of a browser in which somebody of this role signed in just now. */
  session(role: ExampleRole): Promise<Record<string, string>>
  /** Hands somebody of this role a device: the one of the examples once, where it is theirs; else a new one. */
  device(role: ExampleRole): Promise<{ id: string; credential: string }>
  /** The same text with this world's values in place of the examples'. */
  filled(text: string): string
}

export async function newWorld(): Promise<FuzzWorld> {
  const { people, values } = await exampleWorld()
  const tokens = {} as FuzzWorld['tokens']
  for (const role of Object.keys(people) as ExampleRole[]) tokens[role] = await tokenOf(people[role])
  const own = new Map(Object.entries(EXAMPLE).map(([key, value]) => [value as string, values[key as ExampleKey]]))
  const examples = new RegExp([...own.keys()].join('|'), 'g')
  const session = (role: ExampleRole) => sessionOf(people[role])
  const known: Partial<Record<ExampleRole, string>> = { doctor: values.device! }
  const device = async (role: ExampleRole) => {
    const { [role]: id = newUuid() } = known
    delete known[role]
    return { id, credential: await handDevice(id, people[role]) }
  }
  return { tokens, session, device, filled: (text) => text.replaceAll(examples, (value) => own.get(value) ?? value) }
}
