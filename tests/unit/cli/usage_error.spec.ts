import { test } from '@japa/runner'
import { parse } from '@oclif/core/parser'
import { Flags } from '#cli/flags'
import { findText, language } from '#cli/texts'
import { isUsageError, UnknownCommand, usageSentences } from '#cli/usage_error'

const FLAGS = {
  name: Flags.string({ required: true }),
  mood: Flags.string({ options: ['calm', 'busy'] }),
  count: Flags.integer({ min: 1, max: 9 }),
  left: Flags.boolean({ exclusive: ['right'] }),
  right: Flags.boolean(),
}

async function mistakeIn(...argv: string[]): Promise<Error> {
  try {
    await parse(argv, { flags: FLAGS, args: {}, strict: true })
  } catch (error) {
    return error as Error
  }
  throw new Error('the parser found no mistake')
}

const sentence = (key: string, values: Record<string, unknown>) => findText('cli', `usage.${key}`, values)!

test.group('Mistakes in a command line', () => {
  for (const [argv, key, values] of [
    [['--nmae', 'x'], 'nonexistent_flag', { flags: '--nmae' }],
    [['--name', 'x', 'more'], 'unexpected_argument', { arguments: 'more' }],
    [[], 'missing_flag', { flag: 'name' }],
    [['--name'], 'flag_needs_value', { flag: 'name' }],
    [['--name', 'x', '--mood'], 'flag_needs_one_of', { flag: 'mood', values: 'calm, busy' }],
    [['--name', 'x', '--name', 'y'], 'flag_once', { flag: 'name' }],
    [['--name', 'x', '--mood', 'angry'], 'not_one_of', { flag: 'mood', value: 'angry', values: 'calm, busy' }],
    [['--name', 'x', '--left', '--right'], 'not_together', { one: 'right', other: 'left' }],
  ] as const)
    test(`"${argv.join(' ')}" is told in the operator's language (${key})`, async ({ assert }) => {
      const error = await mistakeIn(...argv)
      assert.isTrue(isUsageError(error))
      assert.include(usageSentences(error), sentence(key, values))
    })

  for (const [value, key, values] of [
    ['many', 'not_an_integer', { value: 'many' }],
    ['0', 'too_small', { min: '1', value: '0' }],
    ['10', 'too_large', { max: '9', value: '10' }],
  ] as const)
    test(`a number that is none or out of bounds is told with its flag (${key})`, async ({ assert }) => {
      const error = await mistakeIn('--name', 'x', '--count', value)
      assert.deepEqual(usageSentences(error), [
        findText('cli', 'usage.for_flag', { flag: 'count', sentence: sentence(key, values) }),
      ])
    })

  test('an unknown command names the one that was probably meant, and only when it is near', ({ assert }) => {
    const ids = ['user:list', 'token:create']
    assert.include(new UnknownCommand('user lsit', ids).message, 'user list')
    assert.notInclude(new UnknownCommand('everything', ids).message, language === 'fr' ? 'Vouliez' : 'Did you')
  })
})
