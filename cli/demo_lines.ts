import type { DemoDoctor } from '#app/setup/demo_doctor'
import { qrLines } from '#cli/qr'
import { text } from '#cli/texts'

/** Whom a newcomer signs in as, and the code that makes their phone show the second factor. Told once. */
export function demoLines({ email, password, generator }: DemoDoctor, url: string): string[] {
  return [
    '',
    text('up.demo', { address: `${url}/app/`, email, password }),
    text('up.demo_scan'),
    '',
    ...qrLines(generator),
    '',
    `  ${generator}`,
    text('up.demo_once', { email }),
  ]
}
