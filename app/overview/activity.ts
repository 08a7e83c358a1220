import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { countEach, entriesOf, type Counted } from '#app/overview/count_up_to'
import type { PermissionName } from '#app/users/default_roles'

const DAY_MS = 86_400_000
const DAYS = 14
const WEEKS = 8

/** A day or a week that begins on `day`, in UTC; `COUNTED + 1` where there is more than anybody counts. */
export interface Bucket {
  day: string
  counts: number[]
}

type Span = [from: string, to: string]

interface Series {
  name: 'consultations' | 'patients' | 'sign_ins'
  permission: PermissionName
  unit: 'day' | 'week'
  /** What is counted of a day or a week, one beside the other. */
  counted(client: QueryClientContract, span: Span): Counted[]
}

/** Told to whoever may open what is counted. */
const SERIES: Series[] = [
  {
    name: 'consultations',
    permission: 'charts.view_any',
    unit: 'day',
    counted: (_, span) => [
      { from: `consultations where status <> 'cancelled' and date >= ? and date < ?`, bindings: span },
    ],
  },
  {
    name: 'patients',
    permission: 'patients.view_any',
    unit: 'week',
    counted: (_, span) => [{ from: 'patients where created_at >= ? and created_at < ?', bindings: span }],
  },
  {
    name: 'sign_ins',
    permission: 'audit.view',
    unit: 'day',
    counted: (client, span) =>
      ['login_success', 'login_failed', 'second_factor_failed'].map((action) => entriesOf(client, action, ...span)),
  },
]

export interface Activity {
  name: Series['name']
  unit: Series['unit']
  buckets: Bucket[]
}

/** What was done on each of the last days, and in each of the last weeks; the one that goes on comes last. */
export async function activityFor(may: (permission: PermissionName) => boolean, client: QueryClientContract) {
  const told: Activity[] = []
  for (const { name, permission, unit, counted } of SERIES) {
    if (!may(permission)) continue
    const spans = unit === 'day' ? spansOf(DAYS, DAY_MS, startOfDay()) : spansOf(WEEKS, 7 * DAY_MS, startOfWeek())
    const asked = spans.map(([from, to]) => counted(client, [toSqlInstant(from), toSqlInstant(to)]))
    const counts = await countEach(client, asked.flat())
    const width = asked[0]!.length
    const buckets = spans.map(([from], nth) => ({
      day: from.toISOString().slice(0, 10),
      counts: counts.slice(nth * width, (nth + 1) * width),
    }))
    told.push({ name, unit, buckets })
  }
  return told
}

/** So many spans of this length, of which the last begins at `last`. */
function spansOf(count: number, length: number, last: Date): [Date, Date][] {
  const from = (nth: number) => new Date(last.getTime() - (count - 1 - nth) * length)
  return Array.from({ length: count }, (_, nth) => [from(nth), from(nth + 1)])
}

function startOfDay(): Date {
  return new Date(`${now().toISOString().slice(0, 10)}T00:00:00Z`)
}

/** Monday. */
function startOfWeek(): Date {
  const day = startOfDay()
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS)
}
