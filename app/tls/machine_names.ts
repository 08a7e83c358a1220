import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { isLoopback } from '#app/core/loopback'

/** What other machines may call this one, for its certificate. */
export interface Names {
  dns: string[]
  ip: string[]
}

export interface Machine {
  name: string
  interfaces: ReturnType<typeof networkInterfaces>
}

const WILDCARDS = new Set(['0.0.0.0', '::'])
/* Networks inside this machine, of containers and the like, which no phone is in. */
const INNER = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|tun|tap|utun|tailscale|wg)/i

const thisMachine = (): Machine => ({ name: hostname(), interfaces: networkInterfaces() })

/** Every name and address of this machine, and `hosts`, which people are told besides. */
export function namesOf(hosts: string[], machine = thisMachine()): Names {
  const own = machine.name.toLowerCase()
  const told = hosts.filter((host) => !WILDCARDS.has(host)).map((host) => host.toLowerCase())
  const names = ['localhost', own, `${own.split('.')[0]}.local`, ...told.filter((host) => !isIP(host))]
  const addresses = ['127.0.0.1', '::1', ...outwardAddresses(machine), ...told.filter((host) => isIP(host))]
  return { dns: [...new Set(names)].filter(isName), ip: [...new Set(addresses)] }
}

/** What another machine types to reach a server that listens at `host`, the likeliest first; `localhost` for loopback. */
export function reachableAt(host: string, machine = thisMachine()): string[] {
  if (isLoopback(host)) return ['localhost']
  if (!WILDCARDS.has(host)) return [isIP(host) === 6 ? `[${host}]` : host]
  const v4Only = host === '0.0.0.0'
  const found = outwardAddresses(machine).filter((address) => isIP(address) === 4 || !v4Only)
  return found.length ? found.map((address) => (isIP(address) === 6 ? `[${address}]` : address)) : ['localhost']
}

/** IPv4 first, as it is shorter to type, and networks that phones are in before those inside the machine. */
function outwardAddresses({ interfaces }: Machine): string[] {
  const all = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      // A link-local address (fe80::) says nothing without a zone, and a browser takes none.
      .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
      .map(({ address, family }) => ({ address, rank: (INNER.test(name) ? 2 : 0) + (family === 'IPv4' ? 0 : 1) }))
  )
  return all.sort((a, b) => a.rank - b.rank).map(({ address }) => address)
}

function isName(text: string) {
  return /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(text)
}
