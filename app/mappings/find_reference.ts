import {
  type EntityName,
  type FileMapping,
  type Key,
  type Mapping,
  type Reference,
  targetsOf,
} from '#app/mappings/mapping'

export interface ReferredRow {
  file: FileMapping
  /** What the row may be; more than one is ambiguous unless the reference names one of them. */
  entities: EntityName[]
  /** The key by which the row is known; undefined when it has none. */
  key: Key | undefined
  /** The `also` whose own key that is; without an own key it is known by its row's key and its name. */
  ownKey: boolean
}

/** The entity that a reference of this name leads to. */
export const referredEntity: Record<string, EntityName> = {
  doctor: 'user',
  performed_by: 'user',
  patient: 'patient',
  consultation: 'consultation',
}

/** What `file`, `also` and `entity` of a reference point to; null when no such file or `also` is there. */
export function findReference(mapping: Mapping, reference: Reference): ReferredRow | null {
  const file = mapping.files.find((one) => one.file === reference.file)
  if (!file) return null
  if (reference.also === undefined) {
    const entities = [...new Set(targetsOf(file).flatMap((target) => target.entity ?? []))]
    const wanted = entities.filter((entity) => entity === (reference.entity ?? entity))
    return { file, entities: wanted, key: file.key, ownKey: false }
  }
  const also = targetsOf(file)
    .flatMap((target) => target.also ?? [])
    .find((one) => one.name === reference.also)
  if (!also) return null
  return { file, entities: [also.entity], key: also.key ?? file.key, ownKey: also.key !== undefined }
}
