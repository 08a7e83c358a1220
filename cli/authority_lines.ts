import { qrLines } from '#cli/qr'
import type { Authority } from '#cli/serve_http'
import { text } from '#cli/texts'

/** How a phone comes to trust this server, with the code that leads it to the page. */
export function authorityLines({ url, fingerprint, file }: Authority): string[] {
  return [
    '',
    text('authority.first'),
    text('authority.open', { url }),
    '',
    ...qrLines(url),
    '',
    text('authority.fingerprint'),
    `  ${fingerprint}`,
    text('authority.file'),
    `  ${file}`,
  ]
}
