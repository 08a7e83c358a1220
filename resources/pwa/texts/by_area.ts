import type { Texts } from '#pwa/texts/t'

/** `./fr/today.json` with `title` is `today.title`. */
export function byArea(files: Record<string, Texts>): Texts {
  const entries = Object.entries(files).flatMap(([path, texts]) => {
    const area = path.replace(/^.*\/(\w+)\.json$/, '$1')
    return Object.entries(texts).map(([key, text]) => [`${area}.${key}`, text])
  })
  return Object.fromEntries(entries) as Texts
}
