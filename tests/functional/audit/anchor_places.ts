import { once } from 'node:events'
import { createSocket } from 'node:dgram'
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http'
import { createServer as createTcp, type AddressInfo } from 'node:net'

interface Put {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/**
 * As much of S3's protocol as anchoring asks for: it keeps objects by their path, lists and gives them. Whether a real one
 * locks what the headers of `puts` ask for is the bucket's affair.
 */
export async function aBucket() {
  const puts: Put[] = []
  const objects = new Map<string, string>()
  const bucket = { puts, objects, refuses: false, endpoint: '', close: () => {} }
  const server = createHttp(async (request, response) => {
    const url = new URL(request.url!, 'http://localhost')
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (bucket.refuses) {
      response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>no</Message></Error>')
    } else if (request.method === 'PUT') {
      puts.push({ path: url.pathname, headers: request.headers, body })
      objects.set(url.pathname, unchunked(body, request.headers))
      response.writeHead(200, { etag: '"1"' }).end()
    } else if (url.searchParams.has('list-type')) {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(listing(url, objects))
    } else {
      const found = objects.get(url.pathname)
      response.writeHead(found === undefined ? 404 : 200).end(found)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  bucket.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  bucket.close = () => {
    server.closeAllConnections()
    server.close()
  }
  return bucket
}

/** A body that comes in pieces with its checksum behind it (aws-chunked). */
function unchunked(body: string, headers: IncomingHttpHeaders): string {
  if (!headers['content-encoding']?.includes('aws-chunked')) return body
  const bytes = Buffer.from(body)
  const end = bytes.indexOf('\r\n')
  return bytes.subarray(end + 2, end + 2 + Number.parseInt(bytes.toString('utf8', 0, end), 16)).toString()
}

function listing(url: URL, objects: Map<string, string>): string {
  const [prefix, after] = [url.searchParams.get('prefix') ?? '', url.searchParams.get('start-after') ?? '']
  const keys = [...objects.keys()].map((path) => path.split('/').slice(2).join('/'))
  const listed = keys.filter((key) => key.startsWith(prefix) && key > after).sort()
  const contents = listed.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`
}

/** Listens as a syslog server does, and keeps what arrives. */
export async function aSyslog() {
  const got = { tcp: '', udp: '' }
  const tcp = createTcp((socket) => {
    socket.on('data', (chunk) => (got.tcp += chunk.toString()))
    socket.on('error', () => {})
  }).listen(0, '127.0.0.1')
  const udp = createSocket('udp4').on('message', (message) => (got.udp += message.toString()))
  udp.bind(0, '127.0.0.1')
  await Promise.all([once(tcp, 'listening'), once(udp, 'listening')])
  const close = () => {
    tcp.close()
    udp.close()
  }
  return { got, close, ports: { tcp: (tcp.address() as AddressInfo).port, udp: udp.address().port } }
}
