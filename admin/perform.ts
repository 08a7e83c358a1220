import type { Caller } from '#app/core/caller'
import { withReason } from '#app/core/reason'
import type { ActionField, AdminAction, Offer, Row } from '#admin/resource'

const REASON: ActionField = { type: 'textarea', isRequired: true, least: 3, most: 500 }

/** What the form of an action asks for; a reason comes last. */
export function fieldsOf({ fields = {}, asksReason }: AdminAction): Record<string, ActionField> {
  return { ...fields, ...(asksReason ? { reason: REASON } : {}) }
}

/** What may be chosen in its form at the moment. Errors: those of the read-cases that offer it. */
export async function offersOf({ fields = {} }: AdminAction, caller: Caller): Promise<Record<string, Offer[]>> {
  const offering = Object.entries(fields).filter(([, { offers }]) => offers)
  const offered = offering.map(async ([name, { offers }]) => [name, await offers!(caller)] as const)
  return Object.fromEntries(await Promise.all(offered))
}

/** Calls the gate of an action with what was typed. Errors: those of the gate, and Invalid for a reason. */
export async function perform(action: AdminAction, caller: Caller, row: Row | null, typed: Record<string, string>) {
  const { gate, asksReason } = action
  if (!asksReason) return gate(caller, action.input(row, typed))
  const { reason, ...rest } = typed
  if (takesReason(gate)) return gate(caller, { ...action.input(row, rest), reason })
  return gate(await withReason(caller, gate.useCaseName, reason), action.input(row, rest))
}

function takesReason({ input }: AdminAction['gate']): boolean {
  return Object.hasOwn((input.toJSONSchema() as { properties?: object }).properties ?? {}, 'reason')
}
