import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { join } from 'node:path'
import { readMapping } from '#app/mappings/load_mapping'
import { readMapped } from '#app/mappings/read_mapped'
import { aMapping, collect, folderOf, inputsOf, readAll, rejectsOf, usersFile } from '#tests/unit/mappings/read_all'

const head = 'a;b;c;d\n'
const plain = usersFile(["delimiter: ';'", 'key: a'])
const names = (rows: Parameters<typeof inputsOf>[0]) => inputsOf(rows).map((input) => input.name)

test.group('Read rows | one bad row costs itself and no other', () => {
  const cases: { title: string; bad: string | Buffer; code: string; column: string | null }[] = [
    { title: 'with a cell too many', bad: '2;b;c;d;e\n', code: 'ragged_row', column: null },
    { title: 'with a cell too few', bad: '2;b;c\n', code: 'ragged_row', column: null },
    { title: 'with a quote that is never closed', bad: '2;b;"c;d\n', code: 'unbalanced_quotes', column: 'c' },
    { title: 'with a quote inside a bare cell', bad: '2;b"x"y;c;d\n', code: 'bad_quotes', column: 'b' },
    { title: 'with text after the closing quote', bad: '2;b;"c"x;d\n', code: 'bad_quotes', column: 'c' },
    { title: 'with a NUL byte', bad: '2;b\0;c;d\n', code: 'nul_byte', column: 'b' },
    { title: 'without a value in any cell', bad: ';;;\n', code: 'empty_row', column: null },
    { title: 'without its key', bad: ' ;b;c;d\n', code: 'missing_key', column: 'a' },
    {
      title: 'in another encoding',
      bad: Buffer.from('2;b;é;d\n', 'latin1'),
      code: 'bad_encoding',
      column: 'c',
    },
    {
      title: 'longer than a mebibyte',
      bad: `2;${'b'.repeat(1024 * 1024)};c;d\n`,
      code: 'record_too_long',
      column: null,
    },
  ]
  for (const { title, bad, code, column } of cases) {
    test(`rejects a row ${title}`, async ({ assert }) => {
      const file = Buffer.concat([Buffer.from(`${head}1;é;c;d\n`), Buffer.from(bad), Buffer.from('3;b;c;d\n')])
      const rows = await readAll(plain, { 'u.csv': file })
      assert.deepEqual(rejectsOf(rows), [{ file: 'u.csv', line: 3, column, code }])
      assert.deepEqual(names(rows), ['1', '3'])
      assert.deepEqual(rows[1]!.raw, Buffer.from(bad))
    })
  }

  test('a stray quote does not swallow rows up to the next stray quote', async ({ assert }) => {
    const rows = await readAll(plain, { 'u.csv': `${head}1;b;"c;d\n2;b;c;d\n3;b;c";d\n4;b;c;d\n` })
    assert.deepEqual(
      rejectsOf(rows).map(({ line, code }) => [line, code]),
      [
        [2, 'unbalanced_quotes'],
        [4, 'unbalanced_quotes'],
      ]
    )
    assert.deepEqual(names(rows), ['2', '4'])
  })

  test('a stray quote in the first of many rows costs one row', async ({ assert }) => {
    const many = Array.from({ length: 60_000 }, (_, index) => `${index};some text;${'x'.repeat(20)};d\n`)
    const rows = await readAll(plain, { 'u.csv': `${head}first;b;"c;d\n${many.join('')}` })
    assert.deepEqual(rejectsOf(rows), [{ file: 'u.csv', line: 2, column: 'c', code: 'unbalanced_quotes' }])
    assert.lengthOf(rows, 60_001)
  })

  test('a ragged row that runs over several lines is one rejected row', async ({ assert }) => {
    const rows = await readAll(plain, { 'u.csv': `${head}1;"two\nlines";c\n2;b;c;d\n` })
    assert.deepEqual(rejectsOf(rows), [{ file: 'u.csv', line: 2, column: null, code: 'ragged_row' }])
    assert.equal(rows[0]!.raw.toString(), '1;"two\nlines";c\n')
    assert.deepEqual(names(rows), ['2'])
  })

  test('refuses a file whose line never ends', async ({ assert }) => {
    const file = `${head}${'x'.repeat(17 * 1024 * 1024)}`
    await assert.rejects(() => readAll(plain, { 'u.csv': file }), /line_too_long/)
  })
})

test.group('Read rows | what is sound', () => {
  test('reads quoted delimiters, doubled quotes and line ends inside quotes', async ({ assert }) => {
    const yaml = usersFile(['key: a'], ['name: { join: [b, c, d], with: "|" }'])
    const rows = await readAll(yaml, { 'u.csv': `${head}1;"x;y";"say ""hi""";"one\r\ntwo"\r\n2;b;c;d\r\n` })
    assert.deepEqual(names(rows), ['x;y|say "hi"|one\r\ntwo', 'b|c|d'])
    assert.deepEqual(
      rows.map((row) => row.line),
      [2, 4]
    )
  })

  test('a quoted text may look like a table with another number of cells', async ({ assert }) => {
    const rows = await readAll(plain, { 'u.csv': `${head}1;b;"x;y\nz;w;v\nu";d\n2;b;c;d\n` })
    assert.deepEqual(rejectsOf(rows), [])
    assert.deepEqual(names(rows), ['1', '2'])
  })

  test('quotation marks are ordinary where the mapping says so', async ({ assert }) => {
    const yaml = usersFile(["delimiter: ';'", 'quote: none'], ['name: b'])
    assert.deepEqual(names(await readAll(yaml, { 'u.csv': `${head}1;5" tube;c;d\n` })), ['5" tube'])
  })

  test('empty lines, old Macintosh line ends and a last line without end are no matter', async ({ assert }) => {
    assert.deepEqual(names(await readAll(plain, { 'u.csv': `${head}\n1;b;c;d\n\r\n2;b;c;d` })), ['1', '2'])
    assert.deepEqual(names(await readAll(plain, { 'u.csv': 'a;b;c;d\r1;b;c;d\r2;b;c;d\r' })), ['1', '2'])
    assert.deepEqual(names(await readAll(plain, { 'u.csv': `${head}1;b;c;d\n\x1a` })), ['1'])
  })

  test('a file with a header and no rows gives nothing', async ({ assert }) => {
    assert.deepEqual(await readAll(plain, { 'u.csv': head }), [])
  })

  test('a file without a header row takes its columns from the mapping', async ({ assert }) => {
    const yaml = usersFile(['columns: [x, y]', 'key: x'], ['name: y'])
    assert.deepEqual(names(await readAll(yaml, { 'u.csv': '1,Awa\n2,Issa\n' })), ['Awa', 'Issa'])
  })
})

test.group('Read rows | every byte is accounted for', () => {
  test('the header and the raw rows are the file, byte for byte', async ({ assert }) => {
    for (let seed = 1; seed <= 60; seed++) {
      const bytes = randomBytes(seed)
      const folder = await folderOf({ 'u.csv': bytes })
      const pieces: Buffer[] = []
      for await (const batch of readMapped(readMapping(aMapping(plain)), folder)) {
        if (!pieces.length) pieces.push(batch.header)
        pieces.push(...batch.rows.map((row) => row.raw))
        assert.isAtMost(batch.bytesRead, batch.bytesTotal)
      }
      assert.deepEqual(Buffer.concat(pieces), bytes, `seed ${seed}`)
    }
  })

  test('sound files of any content give the rows that csv-parse finds', async ({ assert }) => {
    for (let seed = 1; seed <= 60; seed++) {
      const { text, columns } = randomCsv(seed)
      const expected = parse(text, { delimiter: ';', from: 2, skip_empty_lines: true }) as string[][]
      const yaml = usersFile(
        ["delimiter: ';'"],
        [
          `name: { list: [${Array.from({ length: columns }, (_, index) => `{ column: c${index}, trim: false }`).join(', ')}] }`,
        ]
      )
      const folder = await folderOf({ 'u.csv': text })
      const rows = await collect(aMapping(yaml), join(folder, 'u.csv'), { batchSize: 7 })
      const found = rows.map((row) => (row.kind === 'records' ? (row.records[0].input.name ?? []) : row.kind))
      const cells = expected.map((row) => (row.some((cell) => cell) ? row.filter((cell) => cell) : 'rejected'))
      assert.deepEqual(found, cells, `seed ${seed}`)
    }
  })

  test('batches are never larger than asked', async ({ assert }) => {
    const folder = await folderOf({ 'u.csv': head + '1;b;c;d\n'.repeat(1201) })
    const sizes: number[] = []
    for await (const batch of readMapped(readMapping(aMapping(plain)), folder)) sizes.push(batch.rows.length)
    assert.deepEqual(sizes, [500, 500, 201])
  })
})

/** Bytes of the kind that break readers, after a sound header. */
function randomBytes(seed: number): Buffer {
  const next = generator(seed)
  const pieces = ['"', ';', '\n', '\r\n', 'x', 'é', '\0', '""', '1;b;c;d\n', '2;"b";c;d\n', '3;"b\nb";c;d\n']
  const body = Array.from({ length: 400 }, () => Buffer.from(pieces[next(pieces.length)]!, next(9) ? 'utf8' : 'latin1'))
  // Blank lines are no rows, so the file has none; what a stray quote leaves behind may still begin with one.
  const text = Buffer.concat(body)
    .toString('latin1')
    .replace(/^(\r?\n)+/gm, '')
  return Buffer.concat([Buffer.from(head), Buffer.from(text, 'latin1')])
}

function randomCsv(seed: number): { text: string; columns: number } {
  const next = generator(seed)
  const columns = 1 + next(6)
  const words = ['', 'a', 'Zoé', ';', '"', '\n', '\r\n', ' ', '12,5', '«»', 'x;y', '日本']
  const cell = () => Array.from({ length: next(4) }, () => words[next(words.length)]).join('')
  const quote = (text: string) => (/[";\r\n]/.test(text) || next(3) === 0 ? `"${text.replaceAll('"', '""')}"` : text)
  const header = Array.from({ length: columns }, (_, index) => `c${index}`)
  const rows = Array.from({ length: 120 }, () => header.map(() => quote(cell())))
  const lines = [header, ...rows].map((row) => row.join(';')).filter((line) => line !== '')
  return { text: lines.join('\n'), columns }
}

/** The same numbers for the same seed (Park and Miller's generator). */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
