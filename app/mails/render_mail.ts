import app from '@adonisjs/core/services/app'
import type { Edge } from 'edge.js'

export interface MailParts {
  language: string
  subject: string
  app: string
  greeting: string
  paragraphs: string[]
  link: { button: string; address: string; expiry: string; copy: string } | null
  notYou: string
  footer: string
}

let edge: Edge | undefined

/** What a mail says, by resources/mails: HTML in which every text is escaped, and plain text. */
export async function renderMail(parts: MailParts): Promise<{ html: string; text: string }> {
  edge ??= await templates()
  const html = await edge.render('html', parts)
  const text = await edge.render('text', parts)
  return { html, text: `${text.trim()}\n` }
}

/** Loaded with the first mail: neither a start nor a command that sends none pays for it. */
async function templates() {
  const { Edge: Templates } = await import('edge.js')
  return new Templates({ cache: true }).mount(app.makePath('resources/mails'))
}
