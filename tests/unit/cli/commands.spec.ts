import { test } from '@japa/runner'
import { Parser } from '@oclif/core'
import { COMMANDS, TOPICS } from '#cli/commands'
import { loadCommand, oclifConfig } from '#cli/oclif_config'
import { findText } from '#cli/texts'

const WRITERS = [
  ...['migrate', 'user:create', 'user:disable', 'role:grant', 'role:revoke', 'token:create', 'token:revoke'],
  'device:revoke',
  'import',
]

const wordsOf = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!)

test.group('Every command', () => {
  for (const id of Object.keys(COMMANDS))
    test(`${id} has its texts, an example that its own parser takes, --json and --verbose`, async ({ assert }) => {
      for (const part of ['summary', 'description'])
        for (const language of ['fr', 'en'] as const)
          assert.isString(findText('cli', `commands.${id}.${part}`, {}, language))
      const command = await loadCommand(id)
      const flags = { ...command.baseFlags, ...command.flags }
      assert.includeMembers(Object.keys(flags), ['json', 'verbose'])
      assert.isNotEmpty(command.examples ?? [])
      for (const example of command.examples as string[]) {
        const words = wordsOf(example)
        const own = ['medinfo', ...id.split(':')]
        assert.deepEqual(words.slice(0, own.length), own)
        assert.isFalse(
          words.some((word) => /^-\w/.test(word)),
          'short flags tell a reader nothing'
        )
        await Parser.parse(words.slice(own.length), { flags, args: command.args, strict: true })
      }
    })

  for (const id of WRITERS)
    test(`${id} writes, so that it can be rehearsed`, async ({ assert }) => {
      const command = await loadCommand(id)
      assert.property(command.flags, 'dry-run')
    })

  test('is listed under its topic, which says what it is about', async ({ assert }) => {
    const config = await oclifConfig()
    assert.sameMembers(config.commandIDs, Object.keys(COMMANDS))
    const topics = new Set(
      Object.keys(COMMANDS)
        .filter((id) => id.includes(':'))
        .map((id) => id.split(':')[0])
    )
    assert.sameMembers([...topics], [...TOPICS])
    for (const { description } of config.topics) assert.isString(description)
  })
})
