/** A piece of JSON as it stands: JSON.stringify writes neither 1e400 nor the same key twice. */
export class Written {
  constructor(readonly text: string) {}
}

export function written(value: unknown): string {
  if (value instanceof Written) return value.text
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${written(inner)}`)
  return `{${members.join(',')}}`
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Written)
