import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { readMapping } from '#app/mappings/load_mapping'
import { locateSources } from '#app/mappings/locate_sources'
import { aMapping, collect, folderOf, recordsOf, usersFile } from '#tests/unit/mappings/read_all'

const one = aMapping(usersFile(['key: a']))
const two = aMapping(
  `${usersFile(['key: a'])}\n${usersFile(['key: a', 'optional: true']).replace('u.csv', 'sub/w.csv')}`
)
const taking = aMapping(`  - { file: l.csv, lookup: true, key: id }
  - { file: other.csv, entity: user, fields: { name: id } }
  - { file: u.csv, entity: user, fields: { name: { take: n, from: l.csv, by: ref } } }
`)
const rows = 'a,b\n1,x\n'

test.group('Sources', () => {
  test('refuses a folder that is not there', async ({ assert }) => {
    await assert.rejects(() => collect(one, '/nowhere/at/all'), /source_missing/)
  })

  test('refuses a folder in which a file of the mapping is missing', async ({ assert }) => {
    const folder = await folderOf({ 'sub/w.csv': rows })
    await assert.rejects(() => collect(two, folder), /missing_file .*u\.csv/)
  })

  test('refuses a folder in which all of its files are missing', async ({ assert }) => {
    const folder = await folderOf({ 'x.csv': rows })
    const mapping = aMapping(usersFile(['optional: true']))
    await assert.rejects(() => collect(mapping, folder), /no_file_found/)
  })

  test('refuses an empty file, a missing and a doubled column, and a broken header', async ({ assert }) => {
    const read = async (text: string) => collect(one, await folderOf({ 'u.csv': text }))
    await assert.rejects(() => read(''), /header_missing/)
    await assert.rejects(() => read('\ufeff'), /header_missing/)
    await assert.rejects(() => read('\n\n'), /header_missing/)
    await assert.rejects(() => read('b,c\n1,2\n'), /missing_column .*"a"/)
    await assert.rejects(() => read('a,b,a\n1,2,3\n'), /duplicate_column .*"a"/)
    await assert.rejects(() => read('a,"b\n1,2\n'), /bad_header/)
  })

  test('refuses to follow a link out of the folder', async ({ assert }) => {
    const outside = await folderOf({ 'secret.csv': rows })
    const folder = await folderOf({})
    await symlink(join(outside, 'secret.csv'), join(folder, 'u.csv'))
    await assert.rejects(() => collect(one, folder), /path_escape/)
  })

  test('refuses to follow a linked folder out of the folder', async ({ assert }) => {
    const outside = await folderOf({ 'w.csv': rows })
    const folder = await folderOf({ 'u.csv': rows })
    await symlink(outside, join(folder, 'sub'))
    await assert.rejects(() => collect(two, folder), /path_escape/)
  })

  test('refuses what is no regular file', async ({ assert }) => {
    const folder = await folderOf({})
    await mkdir(join(folder, 'u.csv'))
    await assert.rejects(() => collect(one, folder), /not_a_file/)
  })

  test('refuses a single file of which it cannot know what it is', async ({ assert }) => {
    const folder = await folderOf({ 'rejects.csv': rows })
    await assert.rejects(() => collect(two, join(folder, 'rejects.csv')), /which_file/)
    await assert.rejects(() => collect(two, join(folder, 'rejects.csv'), { as: 'nothing' }), /which_file/)
  })

  test('refuses a single file whose lookup file does not lie beside it', async ({ assert }) => {
    const folder = await folderOf({ 'u.csv': 'ref\n1\n' })
    await assert.rejects(() => collect(taking, join(folder, 'u.csv')), /missing_file .*l\.csv/)
  })

  test('reads a link that stays inside the folder', async ({ assert }) => {
    const folder = await folderOf({ 'real.csv': rows })
    await symlink(join(folder, 'real.csv'), join(folder, 'u.csv'))
    assert.lengthOf(await collect(one, folder), 1)
  })

  test('reads files in the mapping’s order, leaves out optional ones, and tells their sizes', async ({ assert }) => {
    const folder = await folderOf({ 'u.csv': rows, 'sub/w.csv': `${rows}2,y\n` })
    const sources = await locateSources(readMapping(two), folder)
    assert.deepEqual(
      sources.map(({ entry, bytes }) => [entry.file, bytes]),
      [
        ['u.csv', 8],
        ['sub/w.csv', 12],
      ]
    )
    assert.lengthOf(await collect(two, await folderOf({ 'u.csv': rows })), 1)
  })

  test('a single file keeps the keys of the file that it is', async ({ assert }) => {
    const folder = await folderOf({ 'u.csv': rows, 'rejects.csv': rows })
    const [whole] = recordsOf(await collect(two, join(folder, 'u.csv')))
    const [rest] = recordsOf(await collect(two, join(folder, 'rejects.csv'), { as: 'u' }))
    assert.equal(whole!.key, 'old:u.csv:1')
    assert.equal(rest!.key, whole!.key)
  })

  test('a single file takes from the lookup file that lies beside it', async ({ assert }) => {
    const folder = await folderOf({ 'l.csv': 'id,n\n1,One\n', 'part.csv': 'ref\n1\n' })
    const read = await collect(taking, join(folder, 'part.csv'), { as: 'u.csv' })
    assert.deepEqual(
      read.map((row) => row.kind),
      ['lookup', 'records']
    )
    assert.deepEqual(recordsOf(read)[0]!.input, { name: 'One' })
  })

  test('columns that may be absent count as empty', async ({ assert }) => {
    const mapping = aMapping(usersFile(['key: a', 'optional_columns: [mail]'], ['name: a', 'email: mail']))
    const read = await collect(mapping, await folderOf({ 'u.csv': rows }))
    assert.deepEqual(recordsOf(read)[0]!.input, { name: '1' })
  })
})
