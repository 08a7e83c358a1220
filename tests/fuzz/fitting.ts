import formats from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc, { type Arbitrary } from 'fast-check'
import type { ApiDocument, Node } from '#tests/fuzz/document'
import { EXAMPLE } from '#app/http/example_ids'

/** Words of a ward. Those that a schema takes stand for its texts, since few patterns can be turned around. */
const WORDS = [
  'Diallo',
  'Aïssatou',
  'N’Diaye',
  "O'Neil",
  'محمد',
  'Nguyễn',
  '李小龙',
  'e\u0301a\u0308',
  '😀',
  'Ba',
  '1',
].concat(
  ...[
    '+221 77 123 45 67',
    '77 123 45 67',
    'awa@example.org',
    'SN',
    'generic',
    'B54',
    'ICD-10',
    'J01CA04',
    'ATC',
    'LOINC',
  ],
  ...[
    'Amoxicilline',
    'Pénicilline',
    '500 mg',
    '7 jours',
    'oral',
    '3 fois par jour',
    '2160-0',
    'mg/dL',
    'mmol/L',
    '7.4',
  ],
  ...['Fièvre depuis trois jours', 'Ligne un\nligne deux', '120/80', 'id', 'id,version', 'C-7', 'AB 12/3', '<5', '12.5']
)

const ids = Object.values(EXAMPLE).filter((value) => /^[0-9a-f-]{36}$/.test(value))

const ajv = new Ajv2020({ strict: false, logger: false })
formats.default(ajv)

/** Values that fit a schema of the document. */
export class Fitting {
  readonly #document: ApiDocument

  constructor(document: ApiDocument) {
    this.#document = document
  }

  of(node: Node): Arbitrary<unknown> {
    const schema = this.#document.follow(node)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if ('const' in schema) return fc.constant(schema.const)
    const ways = schema.anyOf ?? schema.oneOf
    if (ways) return fc.oneof(...ways.map((each: Node) => this.of(each)))
    if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type: string) => this.of({ ...schema, type })))
    switch (schema.type) {
      case 'string':
        return textOf(schema)
      case 'integer':
        return integerOf(schema)
      case 'number':
        return fc.oneof(integerOf(schema), numberOf(schema))
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return fc.array(this.of(schema.items ?? {}), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
        })
      case 'object':
        return this.objectOf(schema)
      default:
        return fc.constantFrom(...WORDS)
    }
  }

  objectOf({ properties = {}, required = [] }: Node): Arbitrary<Record<string, unknown>> {
    const members = Object.entries<Node>(properties).map(([name, inner]) => [name, this.of(inner)] as const)
    const requiredKeys = required as string[]
    return fc.record(Object.fromEntries(members), { requiredKeys, noNullPrototype: true }) as never
  }
}

function integerOf({ minimum = -5, maximum = 5_000 }: Node) {
  return fc.oneof(fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) }), fc.constantFrom(minimum, maximum))
}

function numberOf({ minimum = -1e6, maximum = 1e6 }: Node) {
  return fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true })
}

function textOf(schema: Node): Arbitrary<string> {
  if (schema.format === 'uuid')
    return fc.oneof(
      { arbitrary: fc.constantFrom(...ids), weight: 4 },
      { arbitrary: fc.uuid({ version: 7 }), weight: 1 }
    )
  const moment = fc.date({ min: new Date('1850-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  if (schema.format === 'date') return moment.map((date) => date.toISOString().slice(0, 10))
  if (schema.format === 'date-time') return moment.map((date) => date.toISOString())
  const fits = ajv.compile(schema)
  const words = WORDS.filter((word) => fits(word))
  const length = { minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 60, 60) }
  const longest = 'é'.repeat(Math.min(schema.maxLength ?? 1, 20_000))
  const ways: { arbitrary: Arbitrary<string>; weight: number }[] = []
  if (words.length) ways.push({ arbitrary: fc.constantFrom(...words), weight: 6 })
  const texts = turnedAround(schema)
  if (texts) ways.push({ arbitrary: texts.filter((text) => fits(text)), weight: 2 })
  const isFree = !schema.format && (!schema.pattern || fits('é😀 ?'.slice(0, schema.maxLength)))
  if (isFree)
    ways.push({ arbitrary: fc.string({ unit: 'grapheme', ...length }).filter((text) => fits(text)), weight: 2 })
  if (isFree && fits(longest)) ways.push({ arbitrary: fc.constant(longest), weight: 1 })
  if (!ways.length) throw new Error(`Nothing that the fuzz knows fits ${JSON.stringify(schema)}.`)
  return fc.oneof(...ways)
}

const turned = new Map<string, Arbitrary<string> | null>()

/** Texts of a pattern; none where it uses what cannot be turned around (\p, looking ahead) or says only a part. */
function turnedAround({ pattern, format, maxLength = 2_000 }: Node): Arbitrary<string> | null {
  if (!pattern || format) return null
  const key = `${maxLength} ${pattern}`
  if (!turned.has(key)) turned.set(key, textsOf(pattern, maxLength))
  return turned.get(key)!
}

function textsOf(pattern: string, maxLength: number): Arbitrary<string> | null {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: '-1', maxLength })
  } catch {
    return null
  }
}
