import { me } from '#pwa/session/session'

/** The server's own hours may be others: this only decides what is offered first. */
const USUAL_HOURS = 24

/** Whether somebody else wrote it and longer ago than corrections are usually taken; what is unsent is one's own. */
export function isPastWindow(authorId: string | null | undefined, createdAt: string | undefined): boolean {
  if (!createdAt || authorId === undefined || authorId === me.value?.id) return false
  return Date.now() > Date.parse(createdAt) + USUAL_HOURS * 3_600_000
}
