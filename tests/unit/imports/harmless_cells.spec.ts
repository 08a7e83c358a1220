import { test } from '@japa/runner'
import { harmlessCells, originalCells } from '#app/imports/harmless_cells'

async function through(turn: typeof harmlessCells, text: string, size = text.length || 1) {
  const bytes = Buffer.from(text, 'latin1')
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
  const out: Buffer[] = []
  for await (const chunk of turn(chunks as never)) out.push(chunk)
  return Buffer.concat(out).toString('latin1')
}

const CELLS: [given: string, harmless: string][] = [
  ['a;=1+1;b', `a;'=1+1;b`],
  ['=cmd|calc', `'=cmd|calc`],
  ['a,"=HYPERLINK(1)",b', `a,"'=HYPERLINK(1)",b`],
  ['a\t@SUM(1)\r\n=2\n', `a\t'@SUM(1)\r\n'=2\n`],
  ['-1+cmd|x;+A1', `'-1+cmd|x;'+A1`],
  ['h\r=1\r=2', `h\r'=1\r'=2`],
]

test.group('Cells that a spreadsheet would compute', () => {
  test('get an apostrophe, wherever the bytes are cut, and lose it again', async ({ assert }) => {
    for (const [given, harmless] of CELLS)
      for (let size = 1; size <= given.length; size++) {
        assert.equal(await through(harmlessCells, given, size), harmless, `${given} by ${size}`)
        assert.equal(await through(originalCells, harmless, size), given, `${harmless} by ${size}`)
      }
  })

  test('are not numbers, telephones or anything else, which stays byte for byte', async ({ assert }) => {
    const every = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('x')
    for (const text of ['', '-5;+221 77 123 00 99;-1,5;"+33 (1) 23.45"', 'a=b;x@y.org;été', every])
      assert.equal(await through(harmlessCells, text), text)
  })

  test('are looked for in what has no lines as well, without keeping it whole', async ({ assert }) => {
    let given = 0
    async function* endless() {
      for (; given < 40; given++) yield Buffer.alloc(1024 * 1024, 'x')
    }
    const first = await originalCells(endless()).next()
    assert.isAtMost(given, 5)
    assert.isAbove(first.value!.length, 0)
  })
})
