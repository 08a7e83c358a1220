import { text } from '#cli/texts'

/** Where people go, the app first, then everything else and the further addresses at which this machine answers. */
export function addressLines([url, ...others]: string[]): string[] {
  const rows = [
    [`${url}/app/`, text('up.app')],
    [url!, text('up.address')],
    ...others.map((address) => [`${address}/app/`, text('up.other_address')]),
  ]
  const width = Math.max(...rows.map(([address]) => address!.length))
  return rows.map(([address, what]) => `  ${address!.padEnd(width)}  ${what}`)
}
