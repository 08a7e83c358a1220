import { selectRows } from '#app/core/insert_rows'
import type { BatchScope, ImportRecord, Known } from '#app/imports/entity_importer'

interface Account {
  id: number
  email: string
  linked: number | null
}

/** The user ids that the rows themselves name by e-mail. An unknown or taken account leaves the patient unlinked, and is listed. */
export async function linkAccounts(
  records: ImportRecord[],
  { trx, remark }: BatchScope
): Promise<Map<ImportRecord, number>> {
  const links = new Map<ImportRecord, number>()
  const naming = records.filter(({ input }) => input.account)
  if (!naming.length) return links
  const rows = await selectRows<Account>(
    trx,
    `select u.id, u.email, p.id as linked from users u left join patients p on p.user_id = u.id
     where u.email in (${naming.map(() => '?').join(',')})`,
    naming.map(({ input }) => input.account)
  )
  const users = new Map(rows.map((row) => [row.email, row]))
  const taken = new Set(rows.filter(({ linked }) => linked !== null).map(({ id }) => Number(id)))
  for (const record of naming) {
    const user = users.get(String(record.input.account))
    const id = Number(user?.id)
    if (!user) remark(record, 'account_not_found')
    else if (taken.has(id)) remark(record, 'account_taken')
    else {
      taken.add(id)
      links.set(record, id)
    }
  }
  return links
}

/** The account for a patient who is there already; the one that they have stays, and is listed where it differs. */
export async function laterAccount(record: ImportRecord, known: Known, scope: BatchScope): Promise<number | null> {
  if (!record.input.account) return null
  const [patient] = await selectRows<{ user_id: number | null; email: string | null }>(
    scope.trx,
    'select p.user_id, u.email from patients p left join users u on u.id = p.user_id where p.id = ?',
    [known.id]
  )
  if (patient!.user_id === null) {
    const links = await linkAccounts([record], scope)
    return links.get(record) ?? null
  }
  if (patient!.email !== record.input.account) scope.remark(record, 'account_differs')
  return null
}
