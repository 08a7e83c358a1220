import { CommandHelp, Help as OclifHelp } from '@oclif/core/help'
import type { Topic } from '@oclif/core/interfaces'
import { findText, text } from '#cli/texts'

type Section = Parameters<OclifHelp['section']>

/** oclif's own words, in the operator's language. */
function heading(word: string) {
  return findText('cli', `help.headings.${word}`) ?? word
}

function translated(line: string) {
  return line
    .replace('(required)', text('help.required'))
    .replace(/\[default: (.*?)\]/, (_, value: string) => text('help.default', { value }))
    .replace(/<options: (.*?)>/, (_, values: string) => text('help.one_of', { values }))
}

class OneCommandHelp extends CommandHelp {
  section(header: Section[0], body: Section[1]) {
    return super.section(heading(header), body)
  }

  protected flags(flags: Parameters<CommandHelp['flags']>[0]) {
    return super
      .flags(flags)
      ?.map(([left, right]) => [left, right && translated(right)] as [string, string | undefined])
  }
}

export class Help extends OclifHelp {
  protected CommandHelpClass = OneCommandHelp

  section(header: Section[0], body: Section[1]) {
    return super.section(heading(header), body)
  }

  formatRoot() {
    const usage = `$ ${this.config.bin} ${text('help.usage')}`
    return [text('help.about'), this.section('VERSION', this.config.userAgent), this.section('USAGE', usage)].join(
      '\n\n'
    )
  }

  protected formatTopic(topic: Topic) {
    return super.formatTopic(topic).replace(/ COMMAND$/m, ` ${text('help.command')}`)
  }
}
