import type { Infer } from '@vinejs/vine/types'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { Invalid } from '#app/core/problem'
import { readCase } from '#app/core/read_case'
import { useCase } from '#app/core/use_case'
import { keepClinic, readClinic, SETTING_NAMES } from '#app/settings/clinic'
import SettingsPolicy from '#app/settings/settings_policy'
import { changeSettingsValidator, noSettingsValidator } from '#app/settings/settings_validator'

/** What the clinic is called, how its documents begin, its languages, and whose national ids it takes. */
export const openSettings = readCase({
  name: 'settings.open',
  input: noSettingsValidator,
  find: (_, { client }) => readClinic(client),
  policy: [SettingsPolicy, 'manage'],
  run: ({ subject }) => subject,
})

const change = useCase({
  name: 'settings.change',
  stepUp: true,
  input: changeSettingsValidator,
  find: (_, { trx }) => readClinic(trx),
  policy: [SettingsPolicy, 'manage'],
  async run({ subject: before, trx, note }, { reason, ...input }) {
    if (!input.languages.includes(input.language)) throw new Invalid([{ pointer: '/language', code: 'not_offered' }])
    const [was, wanted] = [valuesOf({ ...before, national_id_country: before.nationalIdCountry }), valuesOf(input)]
    const changed = Object.keys(wanted).filter((name) => wanted[name] !== was[name])
    await write(Object.fromEntries(changed.map((name) => [name, wanted[name]!])), trx)
    note({ fields: changed, reason })
    return readClinic(trx)
  },
})

/** Changes what differs; this process goes on with it at once, others within half a minute. Errors: Invalid. */
export const changeSettings = Object.assign(async (caller: Caller, raw: unknown) => {
  const clinic = await change(caller, raw)
  // What another transaction holds may still be undone.
  if (!caller.trx) keepClinic(clinic)
  return clinic
}, change)

type Given = Omit<Infer<typeof changeSettingsValidator>, 'reason'>

/** By the names of the rows. */
function valuesOf({ name, address, phone, header, languages, language, national_id_country: country }: Given) {
  const values: Record<string, string> = {
    [SETTING_NAMES.name]: name,
    [SETTING_NAMES.address]: address.join('\n'),
    [SETTING_NAMES.phone]: phone ?? '',
    [SETTING_NAMES.header]: header.join('\n'),
    [SETTING_NAMES.languages]: [...new Set(languages)].sort().reverse().join(','),
    [SETTING_NAMES.language]: language,
    [SETTING_NAMES.nationalIdCountry]: country,
  }
  return values
}

async function write(values: Record<string, string>, trx: TransactionClientContract) {
  const at = toSqlInstant(now())
  const added =
    trx.dialect.name === 'mysql'
      ? 'on duplicate key update value = values(value), updated_at = values(updated_at)'
      : 'on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at'
  // One statement each, since two administrators may be the first to choose.
  for (const [name, value] of Object.entries(values))
    await trx.rawQuery(`insert into settings (name, value, created_at, updated_at) values (?, ?, ?, ?) ${added}`, [
      ...[name, value, at, at],
    ])
}
