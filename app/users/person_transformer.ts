import type { Static } from 'typebox'
import { shape, text, uuid } from '#app/http/shapes'

/** Whoever did something, as others see them. */
export const personShape = shape('Person', { id: uuid(), name: text() })

export function personOf({ uuid: id, name }: { uuid: string; name: string }): Static<typeof personShape> {
  return { id, name }
}
