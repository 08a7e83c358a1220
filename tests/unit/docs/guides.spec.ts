import { mkdirSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from '@japa/runner'
import { loadMapping } from '#app/mappings/load_mapping'
import { COMMANDS } from '#cli/commands'
import { dataDir } from '#start/env'
import { headingsOf, markdownIn, read } from '#tests/unit/docs/documents'

const LANGUAGES = ['fr', 'en'] as const
const namesIn = (language: string) => markdownIn(`docs/guides/${language}`).map((file) => basename(file))
const blocksOf = (text: string, kind: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block!)

/** The example calls of the command line in a guide, without `bin/medinfo`. */
function callsIn(language: string): string[] {
  const lines = namesIn(language).flatMap((name) =>
    blocksOf(read(`docs/guides/${language}/${name}`), 'sh')
      .join('')
      .split('\n')
  )
  return lines.filter((line) => line.startsWith('bin/medinfo ')).map((line) => line.slice('bin/medinfo '.length))
}

/** The longest run of first words that is a command. */
function commandOf(call: string): string | undefined {
  const words = call.split(' ')
  return [words.slice(0, 2).join(':'), words[0]!].find((id) => id in COMMANDS)
}

async function unknownFlags(call: string): Promise<string[]> {
  const { default: command } = await COMMANDS[commandOf(call)!]!()
  const known = new Set([...Object.keys({ ...command.baseFlags, ...command.flags }), 'help'])
  return [...call.matchAll(/ --([\w-]+)/g)].map(([, name]) => name!).filter((name) => !known.has(name))
}

test.group('The guides in French and English', () => {
  test('have the same pages', ({ assert }) => {
    assert.isNotEmpty(namesIn('fr'))
    assert.deepEqual(namesIn('fr'), namesIn('en'))
  })

  for (const name of namesIn('fr')) {
    const [french, english] = LANGUAGES.map((language) => read(`docs/guides/${language}/${name}`)) as [string, string]

    test(`have the same headings, tables and examples in ${name}`, ({ assert }) => {
      const shapeOf = (text: string) => ({
        headings: headingsOf(text).map(({ level }) => level),
        rows: text.match(/^\|/gm)?.length,
        blocks: text.match(/^```\w+$/gm),
      })
      assert.deepEqual(shapeOf(french), shapeOf(english))
    })
  }

  for (const language of LANGUAGES) {
    test(`show every command once at least (${language})`, ({ assert }) => {
      const shown = new Set(callsIn(language).map(commandOf))
      assert.deepEqual(
        Object.keys(COMMANDS).filter((id) => !shown.has(id)),
        []
      )
    })

    test(`show only commands and options that exist (${language})`, async ({ assert }) => {
      for (const call of callsIn(language)) {
        if (call === '--help') continue
        assert.isDefined(commandOf(call), call)
        assert.deepEqual(await unknownFlags(call), [], call)
      }
    })

    test(`explain each word of an import's report as the command line says it (${language})`, ({ assert }) => {
      const { outcomes } = JSON.parse(read(`resources/lang/${language}/cli.json`)) as {
        outcomes: Record<string, string>
      }
      const explained = [...read(`docs/guides/${language}/import.md`).matchAll(/^\| ([^|]+) \|/gm)].map(
        ([, word]) => word
      )
      const words = Object.entries(outcomes).filter(([outcome]) => outcome !== 'rows_read')
      assert.includeMembers(
        explained,
        words.map(([, word]) => word)
      )
    })

    test(`give a mapping that can be used as it stands (${language})`, async ({ assert }) => {
      const [mapping] = blocksOf(read(`docs/guides/${language}/import.md`), 'yaml')
      const file = `${dataDir()}/guide-${language}.yml`
      mkdirSync(dataDir(), { recursive: true })
      writeFileSync(file, mapping!)
      const { source } = await loadMapping(file)
      assert.equal(source, 'cliniqueduport')
    })
  }

  test('an option that is gone would be seen', async ({ assert }) => {
    assert.deepEqual(await unknownFlags('user list --role doctor --page 2'), ['page'])
    assert.isUndefined(commandOf('patient list'))
  })
})
