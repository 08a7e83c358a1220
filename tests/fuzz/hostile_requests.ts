import fc from 'fast-check'
import type { Body } from '#tests/fuzz/bodies'
import { hostileText } from '#tests/fuzz/hostile_values'

/** Bodies that are no object, no JSON, or no text at all. Latin-1 stands for bytes. */
export const hostileBody: fc.Arbitrary<Body> = fc.oneof(
  fc
    .constantFrom(
      ...['', ' ', 'null', 'true', '17', '"text"', '[]', '[{}]', '{}', '{', '{"a"', '{"a":', "{'a':1}", '{"a":1,}'],
      ...['\ufeff{}', '{}{}', '// a\n{}', 'NaN', '{"a":01}', '{"a":+1}', '{"\\u0000":1}', '{"__proto__":{"id":1}}'],
      ...['{"constructor":{"prototype":{"id":1}}}', '{"a":1,"a":2}', '{"":""}', '{"length":1e9}', 'a=1&b=2', '<a/>'],
      ...[
        '['.repeat(10_000),
        '['.repeat(50_000) + ']'.repeat(50_000),
        '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000),
      ],
      ...[`{"a":"${'x'.repeat(1_100_000)}"}`, `{"family_name":"${'é'.repeat(300_000)}"}`]
    )
    .map((text) => ({ text, encoding: 'utf8' as const })),
  fc
    .constantFrom(
      '{"a":"\xe9"}',
      '{"a":"\xc3\x28"}',
      '{"a":"\xed\xa0\x80"}',
      '\xff\xfe{\0}\0',
      '{"a":"\xf0\x9f"}',
      '\0'
    )
    .map((text) => ({ text, encoding: 'latin1' as const })),
  fc
    .uint8Array({ maxLength: 60 })
    .map((bytes) => ({ text: Buffer.from(bytes).toString('latin1'), encoding: 'latin1' as const })),
  fc.json({ maxDepth: 3 }).map((text) => ({ text, encoding: 'utf8' as const }))
)

/** A part of an address, as it goes over the line. */
export const hostileSegment = fc.oneof(
  fc.constantFrom(
    ...['', '.', '..', '%2e%2e', '%00', 'a%00b', '%2F', '..%2f..%2fetc', '%5C', '%', '%zz', '%E9', '%ED%A0%80', '%FF'],
    ...[
      '%F0%9F%98%80',
      '%25',
      '%0d%0aX:%20y',
      '%20',
      '+',
      '*',
      ';',
      "'",
      '"',
      '\\',
      '{id}',
      ':id',
      '~',
      '#',
      '@',
      '//',
    ],
    ...['search', 'timeline', 'constructor', '__proto__', 'null', '0', '-1', '1e308', 'x'.repeat(5_000)],
    ...[
      '01980A3E-5F00-7000-8000-000000000001',
      '01980a3e5f0070008000000000000001',
      '%7B%7D',
      '[]',
      '%D9%A0'.repeat(200),
    ]
  ),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed()))
)

/** A query as written; `name` is one that the operation knows. */
export const hostileQuery = (name: string) =>
  fc.oneof(
    fc.constantFrom(
      ...[
        `${name}[]=1`,
        `${name}[a]=1`,
        `${name}[a][b][c][d][e]=1`,
        `${name}=1&${name}=2`,
        `${name}`,
        `${name}=`,
        '&&&',
      ],
      ...[`${name}=%00`, `${name}=%E9`, `${name}=%`, `${name}=%zz`, `${name}=%ED%A0%80`, `${name}=%F0%9F%98%80`, '=1'],
      ...[
        '__proto__[a]=1',
        'constructor=1',
        'a[__proto__][b]=1',
        '[]=1',
        'unknown=1',
        'a.b=1',
        '?',
        '%00=1',
        '%E9=%E9',
      ],
      ...[
        `${name}=${'x'.repeat(8_000)}`,
        `${name}[50]=1&${name}[51]=2`,
        `${name}[999999999]=1`,
        'lang=en',
        'fields=id',
      ],
      Array.from({ length: 1_000 }, (_, i) => `a${i}=1`).join('&')
    ),
    hostileText.map((text) => `${name}=${encodeURIComponent(text.toWellFormed()).slice(0, 8_000)}`)
  )

const CONTENT_TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'].concat(
  ...['application/json; charset=latin1', 'application/json;charset="UTF-8"', 'APPLICATION/JSON', 'application/xml'],
  ...['application/problem+json', 'application/json, text/plain', ';', 'json', 'multipart/form-data', 'x'.repeat(3_000)]
)

/** One header that is odd. Bytes above 7E are what HTTP lets through. */
export const hostileHeader: fc.Arbitrary<Record<string, string>> = fc.oneof(
  fc.constantFrom(...CONTENT_TYPES).map((type) => ({ 'content-type': type })),
  fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'x', 'gzip, gzip').map((way) => ({ 'content-encoding': way })),
  fc.constantFrom('gzip', 'br', 'br;q=0', '*', 'identity;q=0', ';').map((way) => ({ 'accept-encoding': way })),
  fc
    .constantFrom('*', '""', '"0"', '"-1"', '1', 'W/"1"', '"9007199254740993"', `"${'9'.repeat(400)}"`, '"1", "2"', '')
    .map((tag) => ({ 'if-match': tag })),
  fc.constantFrom('*', '""', '"1", W/"2"', '1', '"'.repeat(3_000), ',,,').map((tag) => ({ 'if-none-match': tag })),
  fc
    .constantFrom('', ' ', '\xe9', 'x'.repeat(129), 'a b', '"', '{}', '__proto__')
    .map((key) => ({ 'idempotency-key': key })),
  fc.constantFrom('x'.repeat(5_000), ';;;', '*', 'en;q=9', 'ar', '\xff'.repeat(50)).map((language) => ({
    'accept-language': language,
  })),
  fc.constantFrom('text/html', 'application/xml', '*/*', ';', 'x').map((type) => ({ accept: type })),
  fc.constantFrom('a=b; a=b; =; %', '\xe9', '='.repeat(2_000)).map((cookie) => ({ cookie })),
  fc
    .constantFrom(
      '',
      'Basic YTpi',
      'Bearer',
      'Bearer x',
      'Bearer oat_.',
      `Bearer oat_${'x'.repeat(3_000)}`,
      'Bearer oat_w6k.\xe9',
      'Device',
      'Device x',
      `Device ${'A'.repeat(43)}`,
      'Device \xe9'
    )
    .map((authorization) => ({ authorization })),
  fc.constantFrom('\xe9'.repeat(600), '', "'").map((agent) => ({ 'user-agent': agent })),
  fc.constantFrom('x', '1.2.3.4, ::1', ',').map((address) => ({ 'x-forwarded-for': address })),
  fc.constantFrom('PUT', 'DELETE', 'x').map((method) => ({ 'x-http-method-override': method })),
  fc.constantFrom('Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday', 'Fri, 31 Dec 9999 23:59:59 GMT').map((date) => ({
    'if-modified-since': date,
  }))
)
