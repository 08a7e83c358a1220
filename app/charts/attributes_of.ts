import type { LucidModel } from '@adonisjs/lucid/types/model'

/**
 * What a validated input says, as attributes of the model: inputs are named after columns. An instant becomes a Date, an
 * object its JSON, and an empty text is none. What the input leaves out is left out; what is no column is passed over.
 */
export function attributesOf(model: LucidModel, input: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(input).filter(([name, value]) => value !== undefined && isColumn(model, name))
  return Object.fromEntries(
    given.map(([name, value]) => {
      const attribute = model.$keys.columnsToAttributes.get(name, name)
      return [attribute, attributeValue(value, Boolean(model.$getColumn(attribute)!.meta?.isInstant))]
    })
  )
}

/** Identity and version are the gate's own. */
function isColumn(model: LucidModel, name: string) {
  return !['id', 'uuid', 'version'].includes(name) && model.$keys.columnsToAttributes.get(name) !== undefined
}

function attributeValue(value: unknown, isInstant: boolean) {
  if (value === null || value === '') return null
  if (typeof value === 'object') return JSON.stringify(value)
  return isInstant ? new Date(value as string) : value
}
