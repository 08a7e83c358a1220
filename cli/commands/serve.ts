import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { print, printJson } from '#cli/output'
import { text } from '#cli/texts'

export default class Serve extends BaseCommand {
  static description = text('commands.serve.description')
  static examples = ['medinfo serve --host 127.0.0.1 --port 3333', 'medinfo serve --host 0.0.0.0 --tls']
  static flags = {
    host: Flags.string({ description: text('flags.host'), helpValue: text('values.host') }),
    port: Flags.integer({ description: text('flags.port'), helpValue: text('values.port'), min: 0, max: 65_535 }),
    tls: Flags.boolean({ description: text('flags.tls') }),
  }

  async run() {
    const { flags } = await this.parse(Serve)
    const { overrideSettings } = await import('#app/setup/shell_environment')
    const TLS_OWN_AUTHORITY = flags.tls ? 'true' : undefined
    overrideSettings({ HOST: flags.host, PORT: flags.port?.toString(), TLS_OWN_AUTHORITY })
    const { serveHttp } = await import('#cli/serve_http')
    const { url, addresses, authority, ended } = await serveHttp()
    if (flags.json) printJson({ url, addresses, authority })
    else {
      print(text('serve.listening', { url: addresses.join(', ') }))
      const { authorityLines } = await import('#cli/authority_lines')
      if (authority) for (const line of authorityLines(authority)) print(line)
    }
    await ended
  }
}
