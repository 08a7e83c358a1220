import type { IncomingMessage, ServerResponse } from 'node:http'
import { defineConfig } from '@adonisjs/core/http'
import { isTrustedProxy } from '#start/env'
import { callerAddress } from '#start/trusted_proxies'

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,
  // What a proxy says of who calls, and how, is believed only where the operator named it.
  trustProxy: isTrustedProxy,
  getIp: (request, stated) => callerAddress(stated(), request.request.socket.remoteAddress)!,
  // A comma is a part of a text: whoever looks for `Sow, Awa` asks for one name and not for a list.
  qs: { parse: { depth: 3, parameterLimit: 100, allowSparse: false, arrayLimit: 50, comma: false }, stringify: {} },
  onBadUrl: answerUndecodable,
})

/**
 * An address such as `/patients/%E9`, which no reading makes text of, is taken as its letters say, so that it is refused
 * and audited like any other that leads nowhere. By itself the framework answers past all of our code.
 */
async function answerUndecodable(request: IncomingMessage, response: ServerResponse) {
  const { default: server } = await import('@adonisjs/core/services/server')
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  request.url = [path.replaceAll('%', '%25'), ...query].join('?')
  await server.handle(request, response)
}
