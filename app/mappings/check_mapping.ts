import { IANAZone } from 'luxon'
import { type CheckScope, checkCondition, checkKey, checkValue } from '#app/mappings/check_value'
import { isKnownEncoding } from '#app/mappings/detect_format'
import { findReference, referredEntity } from '#app/mappings/find_reference'
import type { Also, EntityName, FileMapping, Key, Mapping, Reference, Target, Value } from '#app/mappings/mapping'
import type { MappingError, Path } from '#app/mappings/mapping_text'

interface RecordRules {
  fields?: Record<string, Value>
  references?: Record<string, Reference>
}

/** What the JSON Schema cannot say: that names lead somewhere, formats and patterns are sound. Throws BadMapping. */
export function checkMapping(mapping: Mapping, at: MappingError) {
  checkReadingRules(mapping, [], at)
  const known = new Set<string>()
  mapping.files.forEach((file, index) => {
    const path = ['files', index]
    if (known.has(file.file)) throw at([...path, 'file'], 'file_twice', { file: file.file })
    known.add(file.file)
    checkFile(file, path, { mapping, at, index, file, item: false })
  })
}

function checkReadingRules(rules: Mapping | FileMapping, path: Path, at: MappingError) {
  for (const key of ['encoding', 'fallback_encoding'] as const) {
    const encoding = rules[key]?.toLowerCase()
    if (encoding !== undefined && !isKnownEncoding(encoding)) throw at([...path, key], 'encoding_unknown', { encoding })
  }
  if (rules.timezone !== undefined && !IANAZone.isValidZone(rules.timezone)) {
    throw at([...path, 'timezone'], 'timezone_unknown', { timezone: rules.timezone })
  }
}

function checkFile(file: FileMapping, path: Path, scope: CheckScope) {
  const steps = file.file.split('/')
  if (/[\\:\0]/.test(file.file) || steps.some((step) => step === '' || step === '.' || step === '..')) {
    throw scope.at([...path, 'file'], 'bad_file_name')
  }
  checkReadingRules(file, path, scope.at)
  if (file.key !== undefined) checkKey(file.key, [...path, 'key'], scope)
  const names = new Set<string>()
  const targets = file.targets?.map((target, index) => ({ target, path: [...path, 'targets', index] }))
  for (const one of targets ?? [{ target: file as Target, path }]) checkTarget(one.target, one.path, names, scope)
}

function checkTarget(target: Target, path: Path, names: Set<string>, scope: CheckScope) {
  if (target.when) checkCondition(target.when, [...path, 'when'], scope)
  checkRecord(target, path, false, scope)
  target.also?.forEach((also, index) => {
    const here = [...path, 'also', index]
    if (names.has(also.name)) throw scope.at([...here, 'name'], 'name_twice', { name: also.name })
    names.add(also.name)
    checkAlso(also, here, target.entity, scope)
  })
}

function checkAlso(also: Also, path: Path, mainEntity: EntityName | undefined, scope: CheckScope) {
  const inside = { ...scope, item: also.for_each !== undefined, mainEntity }
  if (also.when) checkCondition(also.when, [...path, 'when'], scope)
  if (also.for_each !== undefined) checkValue(also.for_each, [...path, 'for_each'], scope)
  if (also.key !== undefined) checkKey(also.key, [...path, 'key'], inside)
  checkRecord(also, path, true, inside)
}

function checkRecord(record: RecordRules, path: Path, isAlso: boolean, scope: CheckScope) {
  for (const [name, value] of Object.entries(record.fields ?? {})) checkValue(value, [...path, 'fields', name], scope)
  for (const [name, reference] of Object.entries(record.references ?? {})) {
    checkReference(name, reference, [...path, 'references', name], isAlso, scope)
  }
}

function checkReference(name: string, reference: Reference, path: Path, isAlso: boolean, scope: CheckScope) {
  const expected = referredEntity[name]!
  if (reference.main) {
    if (!isAlso) throw scope.at(path, 'main_outside_also')
    if (scope.mainEntity !== expected) throw scope.at(path, 'reference_entity_differs', { expected })
    return
  }
  checkKey(reference.key!, [...path, 'key'], scope)
  const found = findReference(scope.mapping, reference)
  if (!found) {
    const hasFile = scope.mapping.files.some(({ file }) => file === reference.file)
    if (hasFile) throw scope.at([...path, 'also'], 'also_unknown', { name: reference.also ?? '' })
    throw scope.at([...path, 'file'], 'file_unknown', { file: reference.file! })
  }
  if (found.entities.length > 1) throw scope.at(path, 'reference_ambiguous', { entities: found.entities.join(', ') })
  if (found.entities[0] !== expected) throw scope.at(path, 'reference_entity_differs', { expected })
  if (found.key === undefined) throw scope.at([...path, 'file'], 'file_without_key', { file: found.file.file })
  checkLength(reference.key!, found.key, path, scope)
}

function checkLength(key: Key, target: Key, path: Path, scope: CheckScope) {
  const [found, expected] = [[key].flat().length, [target].flat().length]
  if (found !== expected) throw scope.at([...path, 'key'], 'key_length_differs', { expected, found })
}
