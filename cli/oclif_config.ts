import { fileURLToPath } from 'node:url'
import { Config, Plugin } from '@oclif/core/config'
import type { Command } from '@oclif/core/command'
import { VERSION } from '#app/core/release'
import { COMMANDS, TOPICS } from '#cli/commands'
import { text } from '#cli/texts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * What oclif would read from package.json and from the folder of commands, given by hand: so it is the same from source
 * and compiled, speaks the operator's language, and loads no command for the list of all.
 */
export async function oclifConfig(): Promise<Config> {
  const pjson = {
    name: 'medinfo',
    version: VERSION,
    type: 'module',
    oclif: { bin: 'medinfo', topicSeparator: ' ', topics: Object.fromEntries(TOPICS.map(topic)) },
  }
  const plugin = new Plugin({ isRoot: true, ignoreManifest: true, pjson: pjson as never, root: ROOT })
  await plugin.load()
  plugin.commands = Object.keys(COMMANDS).map(listed)
  return Config.load({ root: ROOT, plugins: new Map([[plugin.name, plugin]]) })
}

function topic(name: string) {
  return [name, { description: text(`topics.${name}`) }]
}

function listed(id: string): Command.Loadable {
  return {
    id,
    summary: text(`commands.${id}.summary`),
    aliases: [],
    hiddenAliases: [],
    args: {},
    flags: {},
    hasDynamicHelp: false,
    hidden: false,
    strict: true,
    pluginName: 'medinfo',
    pluginType: 'core',
    pluginAlias: 'medinfo',
    load: async () => loadCommand(id),
  }
}

export async function loadCommand(id: string): Promise<Command.Class> {
  const { default: command } = await COMMANDS[id]!()
  command.id = id
  return command
}

/** Adds to the list's entry what only the command itself knows, for its own help. */
export async function completeEntry(config: Config, id: string) {
  const command = await loadCommand(id)
  const named = <T extends object>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, { ...one, name }]))
  Object.assign(config.findCommand(id)!, {
    args: named(command.args),
    flags: named({ ...command.flags, ...command.baseFlags }),
    description: command.description,
    examples: command.examples,
  })
}
