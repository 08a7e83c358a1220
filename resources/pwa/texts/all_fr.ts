import { byArea } from '#pwa/texts/by_area'

/** One chunk with all texts of the language, so that a screen opened offline has its own. */
export const texts = byArea(import.meta.glob<Record<string, string>>('./fr/*.json', { eager: true, import: 'default' }))
