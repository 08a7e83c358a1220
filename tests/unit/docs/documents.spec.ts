import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import {
  anchorOf,
  documents,
  headingsOf,
  linksIn,
  markdownIn,
  pathsIn,
  proseOf,
  read,
} from '#tests/unit/docs/documents'

/** Links of a document that lead to no file, or to no heading of it. */
function brokenLinks(file: string, text = read(file)): string[] {
  return linksIn(text).filter((link) => {
    if (/^[a-z]+:/.test(link)) return false
    const [path, anchor] = link.split('#') as [string, string?]
    const target = path === '' ? file : join(dirname(file), path)
    if (!existsSync(target)) return true
    const titles = path === '' ? headingsOf(text) : headingsOf(read(target))
    return anchor !== undefined && !titles.some(({ title }) => anchorOf(title) === anchor)
  })
}

const lostPaths = (text: string) => pathsIn(text).filter((path) => !existsSync(path))

test.group('Every document', () => {
  test('links to files and headings that exist', ({ assert }) => {
    for (const file of documents()) assert.deepEqual(brokenLinks(file), [], file)
  })

  test('names files and folders that exist', ({ assert }) => {
    for (const file of documents()) assert.deepEqual(lostPaths(read(file)), [], file)
  })

  test('names npm scripts that exist', ({ assert }) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    for (const file of documents()) {
      const named = [...read(file).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!)
      assert.deepEqual(
        named.filter((name) => !(name in scripts)),
        [],
        file
      )
    }
  })

  test('a link to nowhere and a file that is gone would be seen', ({ assert }) => {
    const text = '# One\n[a](map.md) [b](#one) [c](gone.md) [d](#two) `app/core/clock.ts` `app/core/gone.ts`'
    assert.deepEqual(brokenLinks('docs/imports.md', text), ['gone.md', '#two'])
    assert.deepEqual(lostPaths(text), ['app/core/gone.ts'])
  })
})

test.group('README.md', () => {
  test('takes at most 60 lines', ({ assert }) => {
    assert.isAtMost(read('README.md').trimEnd().split('\n').length, 60)
  })

  test('names the two commands, in French too', ({ assert }) => {
    const [french] = read('README.md').split(/^## /m)
    for (const text of [french!, read('README.md').slice(french!.length)]) {
      assert.include(text, 'npm run up')
      assert.include(text, 'npm test')
    }
  })
})

test.group('docs/decisions', () => {
  const pages = markdownIn('docs/decisions')

  test('are numbered without a gap, and each page bears its number', ({ assert }) => {
    const numbers = pages.map((_, index) => String(index + 1).padStart(4, '0'))
    assert.deepEqual(
      pages.map((page) => page.slice('docs/decisions/'.length, 19)),
      numbers
    )
    for (const [index, page] of pages.entries()) assert.match(read(page), new RegExp(`^# ${numbers[index]} `))
  })

  test('say context, decision and consequences', ({ assert }) => {
    for (const page of pages) {
      const sections = headingsOf(read(page)).filter(({ level }) => level === 2)
      assert.deepEqual(
        sections.map(({ title }) => title),
        ['Context', 'Decision', 'Consequences'],
        page
      )
    }
  })

  test('name the packages that are installed', ({ assert }) => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const page = read('docs/decisions/0010-libraries.md')
    const said = ['AdonisJS, Lucid, Vine and oclif', '@adonisjs/core', '@adonisjs/lucid', '@vinejs/vine', '@oclif/core']
    const missing = Object.keys(dependencies!).filter((name) => !said.includes(name) && !page.includes(`\`${name}\``))
    assert.deepEqual(missing, [])
    const rows = [...proseOf(page).matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell]) => cell!.match(/[\w@/.-]+/g)!)
    assert.deepEqual(
      rows.filter((name) => !(name in dependencies! || name in devDependencies!)),
      []
    )
  })
})
