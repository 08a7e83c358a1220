import { test } from '@japa/runner'
import { inputsOf, readAll, rejectsOf, usersFile } from '#tests/unit/mappings/read_all'

const yaml = usersFile(['key: a'], ['name: b'])
const rowOf = (name: string, encoding: BufferEncoding = 'utf8') => Buffer.from(`1;${name}\n`, encoding)
const fileOf = (...rows: (string | Buffer)[]) => Buffer.concat(['a;b\n', ...rows].map((row) => Buffer.from(row)))
const namesIn = async (file: Buffer, lines: string[] = ['key: a']) =>
  inputsOf(await readAll(usersFile(lines, ['name: b']), { 'u.csv': file })).map((input) => input.name)

test.group('Encoding and delimiter', () => {
  test('refuses UTF-16, with or without a byte order mark', async ({ assert }) => {
    const marked = Buffer.from('\ufeffa;b\n1;Awa\n', 'utf16le')
    await assert.rejects(() => readAll(yaml, { 'u.csv': marked }), /encoding_not_supported/)
    await assert.rejects(() => readAll(yaml, { 'u.csv': marked.subarray(2) }), /encoding_not_supported/)
    await assert.rejects(() => readAll(yaml, { 'u.csv': Buffer.from(marked).swap16() }), /encoding_not_supported/)
  })

  test('rejects the rows of a mixed file that are not UTF-8, and no other', async ({ assert }) => {
    const rows = await readAll(yaml, { 'u.csv': fileOf(rowOf('Zoé'), rowOf('Zoé', 'latin1'), rowOf('Awa')) })
    assert.deepEqual(rejectsOf(rows), [{ file: 'u.csv', line: 3, column: 'b', code: 'bad_encoding' }])
    assert.deepEqual(
      inputsOf(rows).map((input) => input.name),
      ['Zoé', 'Awa']
    )
  })

  test('reads the rows of a mixed file in the second encoding that the mapping gives', async ({ assert }) => {
    const file = fileOf(rowOf('Zoé'), rowOf('Zoé', 'latin1'))
    assert.deepEqual(await namesIn(file, ['key: a', 'fallback_encoding: windows-1252']), ['Zoé', 'Zoé'])
  })

  test('takes a file for windows-1252 when no accented row of it is UTF-8', async ({ assert }) => {
    assert.deepEqual(
      await namesIn(fileOf(rowOf('Awa'), rowOf('Zoé', 'latin1'), Buffer.from([0x31, 0x3b, 0x80, 0x0a]))),
      ['Awa', 'Zoé', '€']
    )
  })

  test('finds an accent that stands far from the head of the file', async ({ assert }) => {
    const file = fileOf(
      ...Array.from({ length: 30_000 }, () => rowOf('A plain name that is rather long')),
      rowOf('Zoé', 'latin1')
    )
    const found = await namesIn(file)
    assert.equal(found.at(-1), 'Zoé')
  })

  test('reads the encoding that the mapping names', async ({ assert }) => {
    const file = fileOf(Buffer.from([0x31, 0x3b, 0xa4, 0x0a]))
    assert.deepEqual(await namesIn(file, ['key: a', 'encoding: ISO-8859-15']), ['€'])
  })

  test('a byte order mark is no part of the first column and tells the encoding', async ({ assert }) => {
    const file = Buffer.from('\ufeffa;b\n1;Zoé\n')
    assert.deepEqual(await namesIn(file), ['Zoé'])
    assert.deepEqual(await namesIn(file, ['key: a', 'encoding: windows-1252']), ['Zoé'])
  })

  for (const [name, delimiter] of Object.entries({ comma: ',', semicolon: ';', tabulator: '\t', bar: '|' })) {
    test(`finds the ${name} by the columns that the mapping names`, async ({ assert }) => {
      const noise = delimiter === ',' ? ';' : ','
      const text = `"x${noise}y${noise}z";a;b\n0;1;Awa\n`.replaceAll(';', delimiter)
      assert.deepEqual(await namesIn(Buffer.from(text)), ['Awa'])
    })
  }
})
