import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { print, printJson } from '#cli/output'
import { text } from '#cli/texts'

export default class Serve extends BaseCommand {
  static description = text('commands.serve.description')
  static examples = ['medinfo serve --host 127.0.0.1 --port 3333']
  static flags = {
    host: Flags.string({ description: text('flags.host'), helpValue: text('values.host') }),
    port: Flags.integer({ description: text('flags.port'), helpValue: text('values.port'), min: 0, max: 65_535 }),
  }

  async run() {
    const { flags } = await this.parse(Serve)
    const { overrideSettings } = await import('#app/setup/shell_environment')
    overrideSettings({ HOST: flags.host, PORT: flags.port?.toString() })
    const { serveHttp } = await import('#cli/serve_http')
    const { url, ended } = await serveHttp()
    if (flags.json) printJson({ url })
    else print(text('serve.listening', { url }))
    await ended
  }
}
