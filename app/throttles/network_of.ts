import { isIPv6 } from 'node:net'

/**
 * Whose address this is: of IPv6 the first 64 bits, as whoever has one address there has 2^64 of them. An IPv4 address
 * in IPv6 form is the IPv4 one.
 */
export function networkOf(ip: string): string {
  const [address = ''] = ip.split('%')
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)
  if (mapped) return mapped[1]!
  if (!isIPv6(address)) return ip
  const [head = '', tail] = address.replace(/\d{1,3}(\.\d{1,3}){3}$/, '0:0').split('::')
  const [left, right] = [groupsOf(head), groupsOf(tail ?? '')]
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0')
  const network = [...left, ...zeros, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

const groupsOf = (text: string) => (text ? text.split(':') : [])
