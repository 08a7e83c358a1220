import vine from '@vinejs/vine'
import { now } from '#app/core/clock'
import { moment } from '#app/core/rules'

const notInTheFuture = vine.createRule((value, _options, field) => {
  // A day of grace, as for days: a device's clock may stand in another zone.
  if (typeof value === 'string' && Date.parse(value) > now().getTime() + 86_400_000)
    field.report('The {{ field }} lies in the future', 'not_in_the_future', field)
})

/** An instant of what has happened. */
export const pastMoment = () => moment().use(notInTheFuture())
