import { Invalid, type FieldError } from '#app/core/problem'
import { validated } from '#app/core/validated'
import { OF_THE_WHOLE } from '#app/sync/mutation_gates'
import { MUTATIONS, type Mutation } from '#app/sync/protocol'
import { mutationValidator } from '#app/sync/sync_validator'

/** A mutation in its validated form, whatever stands in its data. Errors: Invalid, or Vine's own. */
export async function readMutation(raw: unknown): Promise<Mutation> {
  const mutation = (await validated(mutationValidator, raw)) as Mutation
  const errors = complaints(mutation)
  if (errors.length) throw new Invalid(errors)
  return mutation
}

/** Id and version are said once, and what is new has nothing before it. */
function complaints({ name, data, lost, base, base_version }: Mutation): FieldError[] {
  const { creates } = MUTATIONS[name]
  const errors: FieldError[] = []
  for (const member of ['id', 'version'])
    if (member in data) errors.push({ pointer: `/data/${member}`, code: 'unknown_field' })
  if (!creates && base_version === null) errors.push({ pointer: '/base_version', code: 'required' })
  if (!creates && base === null) errors.push({ pointer: '/base', code: 'required' })
  if (lost && (creates || OF_THE_WHOLE.has(name))) errors.push({ pointer: '/lost', code: 'unknown_field' })
  return errors
}

/** What it says: the same write sent again says it too, whatever its number and clock are by then. */
export function whatItSays({ name, client_generated_uuid, base_version, base, data, lost }: Mutation): unknown {
  return inOrder({ name, client_generated_uuid, base_version, base, data, lost })
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, inner]) => [name, inOrder(inner)]))
}
