import { language } from './shown_value.js'

/** A number as people read it; beyond what is counted, that there are more. */
export function upTo(count: number, counted: number): string {
  const said = new Intl.NumberFormat(language()).format(Math.min(count, counted))
  return count > counted ? `${said}+` : said
}
