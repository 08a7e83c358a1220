import Type, { type TProperties, type TSchema } from 'typebox'

/*
 * What leaves, said once: a transformer's type is made from its shape, and so is the document's schema. All members are
 * always there; what is not known is null.
 */

export const uuid = () => Type.String({ format: 'uuid' })
/** ISO 8601 in UTC. */
export const instant = () => Type.String({ format: 'date-time' })
/** A day of the calendar, 'YYYY-MM-DD'. */
export const day = () => Type.String({ format: 'date' })
export const text = () => Type.String()
export const whole = () => Type.Integer()
export const version = () => Type.Integer({ minimum: 1 })
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const listOf = <T extends TSchema>(schema: T) => Type.Array(schema)

/** One of these words. A model's column is any text to TypeScript; the document and the tests are stricter. */
export const choice = (words: readonly string[]) => Type.Unsafe<string>({ type: 'string', enum: [...words] })

/** An object with exactly these members, which the document names: other shapes and answers refer to it by that name. */
export const shape = <const P extends TProperties>(name: string, properties: P) =>
  Type.Object(properties, { $id: name, additionalProperties: false })
