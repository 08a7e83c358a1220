import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import type { Anchor } from '#app/audit/anchor'
import { now } from '#app/core/clock'

/** Facility 'log audit' (13), severity 'notice' (5): RFC 5424, section 6.2.1. */
const PRIORITY = 13 * 8 + 5
const PATIENCE_MS = 10_000

interface SyslogPlace {
  protocol: 'tcp' | 'udp'
  host: string
  port: number
}

/**
 * A syslog server. It keeps what it is sent and gives nothing back, and over UDP does not even say that it came: whoever
 * runs it compares. The note is a JSON text, so that it is one line.
 */
export function syslogAnchor({ protocol, host, port }: SyslogPlace): Anchor {
  const send = protocol === 'tcp' ? sendTcp : sendUdp
  return {
    place: `syslog+${protocol}://${host}:${port}`,
    put: (note) => send(host, port, messageOf(note)),
  }
}

/** `<priority>1 time host medinfo process audit-checkpoint - text` of RFC 5424, in ASCII. */
function messageOf(note: string): string {
  const name = hostname().replaceAll(/[^\u0021-\u007e]/g, '_') || '-'
  const text = JSON.stringify(note).replaceAll('—', '\\u2014')
  return `<${PRIORITY}>1 ${now().toISOString()} ${name} medinfo ${process.pid} audit-checkpoint - ${text}`
}

/** Framed by its length in octets (RFC 6587, section 3.4.1). It has arrived once the other side closes too. */
async function sendTcp(host: string, port: number, message: string) {
  const socket = connect({ host, port })
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
  try {
    await once(socket, 'connect')
    const finished = once(socket, 'finish')
    socket.resume().end(`${Buffer.byteLength(message)} ${message}`)
    await finished
  } finally {
    socket.destroy()
  }
}

async function sendUdp(host: string, port: number, message: string) {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.send(message, port, host, (error) => (error ? reject(error) : resolve()))
    })
  } finally {
    socket.close()
  }
}
