import vine from '@vinejs/vine'

/** Not by Vine's `meta`: a field that has one takes null, whether it is required or not. */
const inFormat = (format: string) => ({ toJSONSchema: (schema: { format?: string }) => void (schema.format = format) })

const calendarDate = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !isCalendarDay(value))
    field.report('The {{ field }} is not a date of the calendar', 'date', field)
}, inFormat('date'))

/** Date.parse takes 30 February for the first of March. */
function isCalendarDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const notInTheFuture = vine.createRule((value, _options, field) => {
  // A day of grace: it is tomorrow already somewhere east of the server.
  if (typeof value === 'string' && Date.parse(value) > Date.now() + 86_400_000)
    field.report('The {{ field }} lies in the future', 'not_in_the_future', field)
})

const readable = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !(isCalendarDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value))))
    field.report('The {{ field }} is not an instant', 'date', field)
}, inFormat('date-time'))

const notNull = vine.createRule(
  (value, _options, field) => {
    if (value === null) field.report('The {{ field }} cannot be emptied', 'required', field)
  },
  { implicit: true }
)

/** Optional means left out: Vine would take null for that too, and drop what somebody meant to empty. */
export const unlessNull = () => notNull()

/** A day of the calendar, 'YYYY-MM-DD', without a time zone. */
export const day = () =>
  vine
    .string()
    .regex(/^(18|19|20|21)\d\d-\d\d-\d\d$/)
    .use(calendarDate())

/** One that is known to have been; null does not empty it. */
export const pastDay = () => day().use(notInTheFuture()).use(notNull())

/** An instant, ISO 8601 with its offset. */
export const moment = () =>
  vine
    .string()
    .regex(/^(18|19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/)
    .use(readable())

/** One that null does not empty. */
export const keptMoment = () => moment().use(notNull())

/** One that has been. */
export const pastMoment = () => moment().use(notInTheFuture())

/** One that has been, and that null does not empty. */
export const keptPastMoment = () => moment().use(notInTheFuture()).use(notNull())

/** One line of text; NUL and line breaks have no place in a name. */
export const line = (max: number) =>
  vine
    .string()
    .trim()
    .minLength(1)
    .maxLength(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)

const allVisible = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && /\p{Cf}/u.test(value))
    field.report('The {{ field }} holds what nobody sees', 'email', field)
})

/**
 * The library stumbles over half a character, so that the line is checked first. It takes characters that nobody sees, and
 * mail servers drop them from a domain: one mailbox would have as many addresses as somebody likes.
 */
export const emailAddress = () => line(190).email().use(allVisible())

/** Text of several lines. */
export const prose = (max: number) =>
  vine
    .string()
    .trim()
    .maxLength(max)
    .regex(/^[^\0\p{Cs}]*$/u)

export const rowUuid = () => vine.string().toLowerCase().uuid()
export const versionNumber = () => vine.number().withoutDecimals().min(1)

/** The uuid of version 7 that a device made while it was offline. */
export const deviceUuid = () =>
  vine
    .string()
    .toLowerCase()
    .uuid({ version: [7] })

/** Names separated by commas, as in `?include=patient,prescriptions`; a list for whoever reads it. */
export const oneOrMore = <const Name extends string>(names: readonly Name[]) =>
  vine
    .string()
    .regex(new RegExp(`^(${names.join('|')})(,(${names.join('|')}))*$`))
    .transform((text) => [...new Set(text.split(','))] as Name[])

/** A page of a list: at most 100 records, 25 where nothing is said. */
export const paging = () => ({
  limit: vine.number().withoutDecimals().range([1, 100]).optional(),
  // It holds the value by which the list is sorted: a name of 250 letters takes 1,400 characters in some scripts.
  cursor: vine.string().maxLength(2_000).optional(),
})
