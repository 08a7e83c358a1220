import fc from 'fast-check'
import { Written } from '#tests/fuzz/written_json'

/*
 * What nobody sends by mistake, or only once in years: text that databases, regular expressions and logs stumble over,
 * numbers past what a double or a column holds, JSON that parsers disagree on.
 */

const TEXTS = [
  ...['', ' ', '\t', '\n', '\0', 'a\0b', '\u0007', '\u001b[31m', '\ufeff', '\u200b', '\u2028', '\ufffd', '\uffff'],
  ...['e\u0301\u0300\u0327', 'Z\u0351\u036b\u0343\u036a\u0302'.repeat(20), 'أحمد', '\u202eabc', 'שָׁלוֹם', 'ﷺ', 'ﬀ'],
  ...['😀', '👨‍👩‍👧‍👦', '🇸🇳', '\u{10ffff}', 'İstanbul', 'ß', 'ǅ', 'ſ', 'K', '١٢٣', '１２３', '½', 'Ⅷ', '²'],
  ...[
    "'",
    '"',
    '\\',
    '`',
    '%',
    '_',
    '%%',
    "'; drop table patients; --",
    '" or 1=1',
    '{{7*7}}',
    '${x}',
    '<script>',
    '&lt;',
  ],
  ...[
    'null',
    'undefined',
    'NaN',
    'true',
    '[]',
    '{}',
    '[object Object]',
    '__proto__',
    'constructor',
    '../../etc/passwd',
  ],
  ...[
    '0',
    '-1',
    '1e308',
    '9007199254740993',
    '0x10',
    '1,5',
    '+221 77 123 45 67',
    '0000-00-00',
    '2026-02-30',
    '9999-12-31',
  ],
  ...['1800-01-01', '2199-12-31T23:59:59.999+23:59', '1899-12-31T23:59:59Z', '2026-01-01T24:00:00Z', '2026-01-01'],
  ...['2016-12-31T23:59:60Z', '1800-01-01T00:00:00+14:00', '00000000-0000-0000-0000-000000000000', 'a@b', 'é@é.sn'],
  ...['x'.repeat(33), 'x'.repeat(256), 'é'.repeat(2_000), 'x'.repeat(20_001), '😀'.repeat(10_001), 'x'.repeat(200_000)],
]

/** Texts that hold half a character, which JSON can say and UTF-8 cannot. */
const BROKEN_TEXTS = ['"\\ud800"', '"a\\udc00b"', '"\\ude00\\ud83d"', '"\\u0000"', '"\\ud83d\\ude00\\ud83d"'].map(
  (text) => new Written(text)
)

const NUMBERS = ['-0', '0', '-1', '1.5', '1e308', '-1e308', '1e400', '-1e400', '5e-324', '1E+2', '2147483648'].concat(
  ...['4294967296', '9007199254740993', '18446744073709551616', '9'.repeat(400), '0.1000000000000000055511151231257827']
)

const nest = (depth: number, open: string, close: string) => new Written(open.repeat(depth) + '1' + close.repeat(depth))

export const hostileText = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 6 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 40 }), weight: 2 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }), weight: 2 }
)

/** Any value in the place of a member. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: hostileText, weight: 5 },
  { arbitrary: fc.constantFrom(...BROKEN_TEXTS), weight: 2 },
  { arbitrary: fc.constantFrom(...NUMBERS).map((text) => new Written(text)), weight: 3 },
  { arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null], [''], { '': '' }, { a: { b: 1 } }), weight: 3 },
  { arbitrary: fc.constantFrom(nest(40, '[', ']'), nest(3_000, '[', ']'), nest(3_000, '{"a":', '}')), weight: 1 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 2 }
)
