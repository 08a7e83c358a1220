import * as React from 'react'
import { useTranslation } from 'adminjs'
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { language } from './shown_value.js'
import { upTo } from './up_to.js'

export interface Activity {
  name: string
  unit: 'day' | 'week'
  buckets: { day: string; counts: number[] }[]
}

const PAGE = 'dashboard'
const COLOURS = ['#3040d6', '#c20012', '#8a5a00']
const HEIGHT = 220

/** How much was done on each day or in each week: to be looked at, and as a table for who cannot. */
export function ActivityChart({ activity, counted }: { activity: Activity; counted: number }) {
  const { translateMessage } = useTranslation()
  const { name, unit, buckets } = activity
  const titleId = `activity-${name}`
  const labels = buckets[0]!.counts.map((_, nth) => translateMessage(`series.${name}.${nth}`, PAGE))
  const rows = buckets.map(({ day, counts }) => ({
    day: dayOf(day, { day: '2-digit', month: '2-digit' }),
    ...Object.fromEntries(counts.map((count, nth) => [`n${nth}`, Math.min(count, counted)])),
  }))
  return (
    <section className={`mi-card ${labels.length > 1 ? 'mi-wide' : ''}`} aria-labelledby={titleId}>
      <h2 id={titleId} className="mi-subtitle">
        {translateMessage(`activity.${name}`, PAGE)}
      </h2>
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart
            data={rows}
            accessibilityLayer={false}
            barGap={1}
            barCategoryGap="12%"
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          >
            <CartesianGrid vertical={false} stroke="#dcdfe3" />
            <XAxis dataKey="day" tick={{ fontSize: 12, fill: '#454655' }} />
            <YAxis allowDecimals={false} width={40} tick={{ fontSize: 12, fill: '#454655' }} />
            {labels.length > 1 && <Legend wrapperStyle={{ fontSize: 14 }} />}
            {labels.map((label, nth) => (
              <Bar
                key={label}
                dataKey={`n${nth}`}
                name={label}
                fill={COLOURS[nth]}
                maxBarSize={32}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <details>
        <summary>{translateMessage('figures', PAGE)}</summary>
        <div className="mi-scroll" role="region" aria-labelledby={titleId} tabIndex={0}>
          <table className="mi-table">
            <thead>
              <tr>
                <th scope="col">{translateMessage(unit, PAGE)}</th>
                {labels.map((label) => (
                  <th scope="col" key={label}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {buckets.map(({ day, counts }) => (
                <tr key={day}>
                  <th scope="row">{dayOf(day, { dateStyle: 'long' })}</th>
                  {counts.map((count, nth) => (
                    <td key={labels[nth]}>{upTo(count, counted)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}

/** Days are those of UTC, as the server counts them. */
function dayOf(day: string, form: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), { ...form, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}
