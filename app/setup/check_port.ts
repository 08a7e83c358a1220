import { createServer } from 'node:net'
import { PortRefused, PortTaken } from '#app/setup/setup_problems'

/** Listens for a moment. Errors: PortTaken, PortRefused. */
export async function checkPort(port: number, host: string): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenProblem(error, host, port)))
    server.listen(port, host, () => server.close(() => resolve()))
  })
}

/** Names why nobody can listen there; any other error comes back as it is. */
export function listenProblem(error: unknown, host: string, port: number): unknown {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new PortTaken(port)
  return syscall === 'listen' || syscall === 'getaddrinfo' ? new PortRefused(host, port, code ?? '') : error
}
