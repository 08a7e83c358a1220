import Plot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { CurveProps } from '#pwa/screens/patient/curve'
import { daysOf, rangeOfDays } from '#pwa/screens/patient/curve_days'

const HEIGHT = 180
/** Besides colour, a line has a pattern. */
const DASHES = [[], [6, 4], [2, 3]]
const COLOURS = ['--colour-accent', '--colour-info', '--colour-warning']

/** Draws into a place of its own height and follows its width and the theme. @returns what takes it away */
export function plot(place: HTMLElement, { at, rows, range }: Required<CurveProps>, language: string): () => void {
  const colour = (name: string) => () => getComputedStyle(place).getPropertyValue(name).trim()
  const series = rows.map(({ label }, index) => ({
    label,
    stroke: colour(COLOURS[index % COLOURS.length]!),
    width: 2,
    dash: DASHES[index % DASHES.length],
    points: { show: true, size: 7, fill: colour('--colour-surface') },
    spanGaps: true,
  }))
  const numbers = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 2 })
  const axis = {
    stroke: colour('--colour-text-quiet'),
    grid: { stroke: colour('--colour-line'), width: 1 },
    ticks: { show: false },
    font: '13px system-ui, sans-serif',
  }
  const drawing = new Plot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      padding: [12, 12, 0, 0],
      scales: { x: { range: () => rangeOfDays(at) }, y: { range: withRange(range) } },
      series: [{}, ...series],
      axes: [
        { ...axis, size: 32, space: 72, values: (_, splits) => daysOf(splits, at, language) },
        { ...axis, size: 48, values: (_, splits) => splits.map((each) => numbers.format(each)) },
      ],
      hooks: range ? { drawAxes: [(self) => drawRange(self, range, colour('--colour-success-soft')())] } : {},
    },
    [at, ...rows.map(({ values }) => values)],
    place
  )
  return follow(place, drawing)
}

const withRange = (range: CurveProps['range']) => (_: Plot, low: number, high: number) => {
  const ends = [low, high, range?.low ?? low, range?.high ?? high]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const margin = Math.max((most - least) * 0.12, Math.abs(most) * 0.02, 0.5)
  return [least - margin, most + margin] as [number, number]
}

/** Where the values of the healthy lie. */
function drawRange(self: Plot, { low, high }: NonNullable<CurveProps['range']>, fill: string) {
  const { left, top, width, height } = self.bbox
  const y = (value: number | null, otherwise: number) =>
    value === null ? otherwise : Math.min(Math.max(self.valToPos(value, 'y', true), top), top + height)
  const [above, below] = [y(high, top), y(low, top + height)]
  self.ctx.save()
  self.ctx.fillStyle = fill
  self.ctx.fillRect(left, above, width, below - above)
  self.ctx.restore()
}

function follow(place: HTMLElement, drawing: Plot): () => void {
  const size = new ResizeObserver(() => {
    if (place.clientWidth > 0) drawing.setSize({ width: place.clientWidth, height: HEIGHT })
  })
  const looks = new MutationObserver(() => drawing.redraw())
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const redraw = () => drawing.redraw()
  size.observe(place)
  looks.observe(document.documentElement, { attributes: true })
  dark.addEventListener('change', redraw)
  return () => {
    size.disconnect()
    looks.disconnect()
    dark.removeEventListener('change', redraw)
    drawing.destroy()
  }
}
