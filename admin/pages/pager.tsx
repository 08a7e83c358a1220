import * as React from 'react'
import { useTranslation } from 'adminjs'
import { language } from './shown_value.js'

interface Props {
  page: number
  perPage: number
  total: number
  /** As far as rows are counted, and pages turned. */
  counted: number
  onTurn(page: number): void
}

/** How many there are: beyond what is counted, only that there are more. */
export function totalText(total: number, counted: number): string {
  const said = new Intl.NumberFormat(language()).format(Math.min(total, counted))
  return total > counted ? `${said}+` : said
}

export function Pager({ page, perPage, total, counted, onTurn }: Props) {
  const { translateLabel, translateMessage } = useTranslation()
  const last = Math.max(1, total > counted ? Math.floor(counted / perPage) : Math.ceil(total / perPage))
  const number = (value: number) => new Intl.NumberFormat(language()).format(value)
  const turn = (to: number, label: string) => {
    const isOff = to < 1 || to > last || to === page
    return (
      <button type="button" className="mi-button" aria-disabled={isOff} onClick={() => isOff || onTurn(to)}>
        {translateLabel(label)}
      </button>
    )
  }
  if (last === 1 && page === 1) return null
  return (
    <nav aria-label={translateLabel('paging')}>
      {total > counted && page >= last && <p className="mi-detail">{translateMessage('narrow')}</p>}
      <div className="mi-row">
        {turn(1, 'first')}
        {turn(page - 1, 'previous')}
        <span aria-live="polite">{translateLabel('pageOf', { page: number(page), last: number(last) } as never)}</span>
        {turn(page + 1, 'next')}
        {turn(last, 'last')}
      </div>
    </nav>
  )
}
