import { existsSync } from 'node:fs'
import { test } from '@japa/runner'
import { foldersIn, read } from '#tests/unit/docs/documents'

/** Folders in the first cells of a section's table. */
function foldersNamed(map: string, heading: string): string[] {
  const section = map.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/^\| `([^`]+)\/` \|/gm)].map(([, folder]) => folder!)
}

test.group('docs/map.md', () => {
  const map = read('docs/map.md')

  test('has every folder of the project, and no other', ({ assert }) => {
    assert.sameMembers(foldersNamed(map, 'Folders'), foldersIn('.'))
  })

  test('has every domain of the application, and no other', ({ assert }) => {
    assert.sameMembers(foldersNamed(map, 'Domains'), foldersIn('app'))
  })

  test('names the folders within a folder as they are', ({ assert }) => {
    for (const [, folder, cell] of map.matchAll(/^\| `([^`]+)\/` \| (.*) \|$/gm)) {
      const inner = [...cell!.matchAll(/`([a-z_0-9]+)\/`/g)].map(([, name]) => `${folder}/${name}`)
      assert.deepEqual(
        inner.filter((path) => !existsSync(path)),
        []
      )
    }
  })
})
