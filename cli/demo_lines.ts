import type { DemoDoctor } from '#app/setup/demo_doctor'
import { qrLines } from '#cli/qr'
import { text } from '#cli/texts'

/** Whom a newcomer signs in as, and the code that makes their phone show the second factor. Told once. */
export function demoLines({ email, password, generator }: DemoDoctor, url: string): string[] {
  return [
    '',
    text('up.demo', { address: `${url}/app/` }),
    text('up.account', { email, password }),
    text('up.demo_scan'),
    text('up.demo_or'),
    '',
    ...qrLines(generator),
    '',
    `  ${generator}`,
    '',
    text('up.password_and_code_once'),
    text('up.demo_lost', { email }),
  ]
}
