#!/usr/bin/env node
// Checks an export of MedInfo's audit log on any machine with Node 20 or later. It is one file, needs no package, no
// network and nothing else of MedInfo, and was written from docs/security/audit.md, not from the program it checks.
//
//   node verify-audit.mjs export.ndjson --vkey <public key, or a file with it> [--checkpoint file]… [--lang fr|en] [--json]
//
// Of each row it makes the hash of RFC 6962 over the encoded row, follows the row's proof up to the root of the tree, and
// compares that with the checkpoint, which the given key has to have signed. It trusts nothing in the file by itself: key
// and checkpoints come from elsewhere.
import { createHash, createPublicKey, verify } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  openSync,
  closeSync,
  fstatSync,
  readFileSync,
  readSync,
  realpathSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

// ---------------------------------------------------------------------------------------------------- rows and hashes

const COLUMNS = [
  ...['uid', 'created_at', 'writer', 'wseq', 'user_id', 'role', 'action', 'entity', 'entity_uuid', 'patient_uuid'],
  ...['outcome', 'http_status', 'ip_address', 'user_agent', 'request_id', 'details'],
]
const NUMBERS = new Set(['wseq', 'user_id', 'http_status'])
const NEVER_NULL = new Set(['uid', 'created_at', 'writer', 'wseq', 'action', 'outcome'])
const NAMES = ['user_uuid', 'user_name']
const PROOFS = ['leaf', 'proof']

const sha256 = (...parts) => {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest()
}

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** A version byte, then each column as a 4-byte length and its bytes; NULL is the length 0xffffffff. */
export function encodeRow(row) {
  const parts = [Buffer.from([0])]
  for (const column of COLUMNS) {
    const value = row[column]
    const head = Buffer.alloc(4)
    const bytes = value === null ? null : column === 'writer' ? Buffer.from(value, 'hex') : Buffer.from(String(value))
    head.writeUInt32BE(bytes ? bytes.length : 0xffffffff)
    parts.push(head)
    if (bytes) parts.push(bytes)
  }
  return Buffer.concat(parts)
}

export const leafHash = (row) => sha256(LEAF, encodeRow(row))
const nodeHash = (left, right) => sha256(NODE, left, right)

/** RFC 9162, section 2.1.3.2. Null where the proof is too short or too long. */
export function rootOfInclusion(leaf, index, size, proof) {
  if (index >= size) return null
  let [at, last, root] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return null
    if (at % 2 === 1 || at === last) {
      root = nodeHash(sibling, root)
      if (at % 2 === 0) {
        do {
          at = Math.floor(at / 2)
          last = Math.floor(last / 2)
        } while (at % 2 === 0 && at !== 0)
      }
    } else root = nodeHash(root, sibling)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? root : null
}

/** RFC 9162, section 2.1.4.2: whether the tree of `first` leaves is the beginning of the one of `second`. */
export function isConsistent({ first, second, firstRoot, secondRoot, proof }) {
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot)
  if (first < 1 || first > second || proof.length === 0) return false
  const isPower = Number.isInteger(Math.log2(first))
  const path = isPower ? [firstRoot, ...proof] : [...proof]
  let [at, last] = [first - 1, second - 1]
  while (at % 2 === 1) {
    at = (at - 1) / 2
    last = Math.floor(last / 2)
  }
  let [former, latter] = [path[0], path[0]]
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      former = nodeHash(sibling, former)
      latter = nodeHash(sibling, latter)
      while (at % 2 === 0 && at !== 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else latter = nodeHash(latter, sibling)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && former.equals(firstRoot) && latter.equals(secondRoot)
}

/** The roots of the first so many leaves, for sizes in ascending order. */
function rootsOf(hashes, sizes) {
  const roots = []
  const edge = []
  for (let size = 1, next = 0; next < sizes.length; size++) {
    let node = hashes.subarray((size - 1) * 32, size * 32)
    for (let rest = size - 1; rest % 2 === 1; rest = (rest - 1) / 2) node = nodeHash(edge.pop(), node)
    edge.push(node)
    for (; sizes[next] === size; next++) roots.push(edge.reduceRight((right, left) => nodeHash(left, right)))
  }
  return roots
}

// ------------------------------------------------------------------------------------------------------- signed notes

class Unreadable extends Error {}

/** A key as `name+id+base64` (c2sp.org/signed-note), of Ed25519. */
export function readVkey(text) {
  const [, name, id, base64] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? []
  const typed = bytesOf(base64 ?? '')
  if (!typed || typed.length !== 33 || typed[0] !== 1) throw new Unreadable('vkey')
  if (sha256(`${name}\n`, typed).toString('hex', 0, 4) !== id) throw new Unreadable('vkey')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }
  return { name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) }
}

/** Base64 in its one canonical form, or null. */
function bytesOf(text) {
  if (typeof text !== 'string') return null
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

const hashOf = (text) => {
  const bytes = bytesOf(text)
  return bytes?.length === 32 ? bytes : null
}

/** The signed lines of a note that one of these keys has signed; null where none has. */
export function signedLines(note, keys) {
  const end = typeof note === 'string' ? note.indexOf('\n\n') : -1
  if (end < 0 || !note.endsWith('\n')) throw new Unreadable('note')
  const text = note.slice(0, end + 1)
  const signatures = note.slice(end + 2, -1).split('\n')
  for (const line of signatures) {
    const [, name, base64] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const bytes = bytesOf(base64)
    if (!bytes || bytes.length !== 68) throw new Unreadable('note')
    const own = keys.find((key) => key.name === name && key.id === bytes.toString('hex', 0, 4))
    if (own && verify(null, Buffer.from(text), own.key, bytes.subarray(4))) return text.slice(0, -1).split('\n')
  }
  return null
}

/** `{ origin, size, root }` of a signed checkpoint (c2sp.org/tlog-checkpoint); null where no key has signed it. */
export function readCheckpoint(note, keys) {
  const lines = signedLines(note, keys)
  if (!lines) return null
  const [origin, size, base64] = lines
  const root = hashOf(base64)
  if (!origin || !/^(0|[1-9]\d{0,14})$/.test(size ?? '') || !root) throw new Unreadable('checkpoint')
  return { origin, size: Number(size), root }
}

// ----------------------------------------------------------------------------------------------------------- the file

const FOOTER_AT_MOST = 4 * 1024 * 1024

/** The last line, and where it begins. */
function readFooter(file) {
  const handle = openSync(file, 'r')
  try {
    const { size } = fstatSync(handle)
    const bytes = Buffer.alloc(Math.min(size, FOOTER_AT_MOST))
    readSync(handle, bytes, 0, bytes.length, size - bytes.length)
    if (bytes.at(-1) !== 10) return null
    const start = bytes.lastIndexOf(10, bytes.length - 2) + 1
    const line = bytes.toString('utf8', start)
    const isCsv = line.startsWith('# ')
    const json = isCsv ? line.slice(2, -2) : line.slice(0, -1)
    const footer = JSON.parse(json)
    const isWhole = line === (isCsv ? `# ${JSON.stringify(footer)}\r\n` : `${JSON.stringify(footer)}\n`)
    const names = 'medinfo_audit_export,statement,checkpoint,consistency'
    if (!isWhole || Object.keys(footer).join() !== names || footer.medinfo_audit_export !== 1) return null
    return { ...footer, isCsv, from: size - bytes.length + start }
  } catch {
    return null
  } finally {
    closeSync(handle)
  }
}

/** What the statement says, in its order; null where it says something else. */
function readStatement(lines) {
  const [first, ...rest] = lines
  const origin = first.endsWith(' export') ? first.slice(0, -' export'.length) : null
  const told = Object.fromEntries(
    rest.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])
  )
  const [size, root] = (told.checkpoint ?? '').split(' ')
  if (!origin || !told.asked || !/^[0-9a-f]{64}$/.test(told.sha256 ?? '') || !hashOf(root)) return null
  const counts = { rows: Number(told.rows), unsealed: Number(told.unsealed), size: Number(size) }
  return { origin, time: told.time, asked: JSON.parse(told.asked), ...counts, root: hashOf(root), sha256: told.sha256 }
}

/** Records with the number of their first line; a record of CSV goes on while a quote is open. */
async function* recordsOf(file, { from, isCsv }, digest) {
  if (from === 0) return
  let [rest, line, isOpen, record, begun] = ['', 0, false, '', 1]
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for await (const chunk of createReadStream(file, { end: from - 1, highWaterMark: 1 << 18 })) {
    digest.update(chunk)
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()
    for (const text of lines) {
      line++
      if (!record) begun = line
      record += `${text}\n`
      if (isCsv && (text.split('"').length - 1) % 2 === 1) isOpen = !isOpen
      if (isOpen) continue
      yield { line: begun, text: record }
      record = ''
    }
  }
  if (rest || record) yield { line: begun, text: record + rest }
}

/** The cells of one record, with null for nothing at all; null where it is no record of CSV. */
function cellsOf(text) {
  if (!text.endsWith('\r\n')) return null
  const cells = []
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n$)/y
  for (cell.lastIndex = 0; cell.lastIndex < text.length;) {
    const found = cell.exec(text)
    if (!found) return null
    const [, raw, end] = found
    const value = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw
    cells.push(raw === '' ? null : value.startsWith("'") ? value.slice(1) : value)
    if (end !== ',') return cells
  }
  return null
}

/** A row by its columns, in their order and without any other; null where it is none. */
function rowOf(text, { isCsv, names }) {
  let row
  if (isCsv) {
    const cells = cellsOf(text)
    if (cells?.length !== names.length) return null
    row = Object.fromEntries(names.map((name, at) => [name, cells[at]]))
    for (const name of [...NUMBERS, 'leaf']) {
      if (row[name] === null || row[name] === undefined) continue
      if (!/^(0|[1-9]\d{0,15})$/.test(row[name])) return null
      row[name] = Number(row[name])
    }
    if ('proof' in row) row.proof = row.proof === null ? [] : row.proof.split(' ')
  } else {
    try {
      row = JSON.parse(text)
    } catch {
      return null
    }
    if (row === null || Object.keys(row).join() !== names.join()) return null
  }
  return names.every((name) => isOfItsKind(name, row[name])) ? row : null
}

function isOfItsKind(name, value) {
  if (name === 'leaf') return Number.isSafeInteger(value) && value >= 0
  if (name === 'proof') return Array.isArray(value) && value.every((hash) => hashOf(hash))
  if (value === null) return !NEVER_NULL.has(name)
  if (name === 'writer') return typeof value === 'string' && /^([0-9a-f]{2})+$/.test(value)
  return NUMBERS.has(name) ? Number.isSafeInteger(value) : typeof value === 'string'
}

// ------------------------------------------------------------------------------------------------------------- checks

const MOST = 1_000

/**
 * Checks one export. `vkeys` and `checkpoints` are texts that come from elsewhere; of checkpoints there may be several in
 * one text, as in a file of anchors. Answers what is wrong, with lines, and what was compared.
 */
export async function verifyExport({ file, vkeys, checkpoints = [] }) {
  const findings = []
  const tell = (kind, where = {}) => void (findings.length < MOST && findings.push({ kind, ...where }))
  const told = { rows: 0, compared: [], incomparable: [], findings }
  const keys = vkeys.map(readVkey)
  const footer = readFooter(file)
  if (!footer) {
    tell('no_footer')
    return told
  }
  const statement = attempt(() => {
    const lines = signedLines(footer.statement, keys)
    return lines && readStatement(lines)
  })
  if (!statement) {
    tell('statement_altered')
    return told
  }
  const { size, root, asked } = statement
  Object.assign(told, {
    asked,
    size,
    time: statement.time,
    unsealed: statement.unsealed,
    root: root.toString('base64'),
  })
  const checkpoint = size === 0 ? null : attempt(() => readCheckpoint(footer.checkpoint, keys))
  const isOurs = checkpoint && checkpoint.origin === statement.origin && checkpoint.size === size
  if (size > 0 && !(isOurs && checkpoint.root.equals(root))) tell('checkpoint_altered')
  if (size === 0 && footer.checkpoint !== null) tell('checkpoint_altered')
  if ((asked.format === 'csv') !== footer.isCsv) tell('statement_altered')
  if (!asked.proof) tell('no_proof')

  const given = readGiven(checkpoints, keys, { told, tell, origin: statement.origin, size })
  const isComplete = asked.proof && !['from', 'to', 'patient', 'user'].some((name) => asked[name] !== undefined)
  const hashes = isComplete && given.length > 0 ? Buffer.alloc(size * 32) : null
  const seen = await checkRows(file, { footer, statement, hashes, told, tell })
  if (told.rows !== statement.rows) tell('rows_differ', { expected: statement.rows, count: told.rows })
  if (isComplete && told.rows === size) told.complete = true
  else if (isComplete) for (const leaf of missingIn(seen, size)) tell('leaf_missing', { leaf })
  compareGiven(given, { footer, size, root, hashes: told.complete ? hashes : null, told, tell })
  return told
}

function attempt(work) {
  try {
    return work()
  } catch {
    return null
  }
}

async function checkRows(file, { footer, statement, hashes, told, tell }) {
  const { asked, size, root, sha256: expected } = statement
  const digest = createHash('sha256')
  const names = [...COLUMNS, ...NAMES, ...(asked.proof ? PROOFS : [])]
  const seen = Buffer.alloc(Math.ceil(size / 8))
  let [isHeading, before] = [footer.isCsv, '']
  try {
    for await (const { line, text } of recordsOf(file, footer, digest)) {
      if (isHeading) {
        isHeading = false
        if (text !== `${names.join(',')}\r\n`) tell('heading_altered', { line })
        continue
      }
      told.rows++
      const row = rowOf(text, { isCsv: footer.isCsv, names })
      if (!row) {
        tell('line_unreadable', { line })
        continue
      }
      const where = { line, uid: row.uid }
      if (row.created_at < before) tell('out_of_order', where)
      before = row.created_at
      if (!fits(row, asked)) tell('not_asked_for', where)
      if (!asked.proof) continue
      const hash = leafHash(row)
      const reached = rootOfInclusion(hash, row.leaf, size, row.proof.map(hashOf))
      if (!reached?.equals(root)) tell('row_altered', where)
      else if (seen[row.leaf >> 3] & (1 << (row.leaf & 7))) tell('row_twice', where)
      else {
        seen[row.leaf >> 3] |= 1 << (row.leaf & 7)
        if (hashes) hash.copy(hashes, row.leaf * 32)
      }
    }
  } catch (error) {
    // No UTF-8: there is no line to name.
    if (error.code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
  }
  if (digest.digest('hex') !== expected) tell('file_altered')
  return seen
}

function fits(row, { from, to, patient, user }) {
  const at = `${row.created_at.replace(' ', 'T')}Z`
  if (from !== undefined && !(Date.parse(at) >= Date.parse(from))) return false
  if (to !== undefined && !(Date.parse(at) < Date.parse(to))) return false
  if (patient !== undefined && row.patient_uuid !== patient) return false
  return user === undefined || row.user_uuid === user
}

function* missingIn(seen, size) {
  for (let leaf = 0; leaf < size; leaf++) if (!(seen[leaf >> 3] & (1 << (leaf & 7)))) yield leaf
}

const NOTE = /(?:(?!— )[^\n]+\n){3,}\n(?:— [^\n]+\n)+/g

/** Checkpoints from elsewhere, in ascending order, that are signed and of this audit. */
function readGiven(texts, keys, { told, tell, origin, size }) {
  const found = new Map()
  for (const text of texts) {
    const notes = text.replaceAll('\r\n', '\n').match(NOTE) ?? []
    if (!notes.length) tell('given_unreadable')
    for (const note of notes) {
      const checkpoint = attempt(() => readCheckpoint(note, keys))
      if (!checkpoint || checkpoint.origin !== origin) tell('given_unsigned')
      else if (checkpoint.size > size) told.incomparable.push(checkpoint.size)
      else if (found.has(checkpoint.size) && !found.get(checkpoint.size).root.equals(checkpoint.root))
        tell('given_differs', { size: checkpoint.size })
      else found.set(checkpoint.size, checkpoint)
    }
  }
  return [...found.values()].filter((one) => one.size > 0).sort((one, other) => one.size - other.size)
}

/** Of a complete export the root of any former size is made of its rows; else the footer may hold a proof. */
function compareGiven(given, { footer, size, root, hashes, told, tell }) {
  const proofs = new Map()
  const listed = Array.isArray(footer.consistency) ? footer.consistency : [null]
  for (const one of listed) {
    const proof = Array.isArray(one?.proof) ? one.proof.map(hashOf) : [null]
    const former = { first: one?.size, second: size, firstRoot: hashOf(one?.root), secondRoot: root, proof }
    const isWhole = Object.keys(one ?? {}).join() === 'size,root,proof' && Number.isSafeInteger(one.size)
    if (!isWhole || !former.firstRoot || proof.includes(null) || !isConsistent(former))
      tell('consistency_altered', { size: one?.size })
    else proofs.set(one.size, former.firstRoot)
  }
  const roots = hashes
    ? rootsOf(
        hashes,
        given.map((one) => one.size)
      )
    : []
  for (const [at, one] of given.entries()) {
    const own = one.size === size ? root : (roots[at] ?? proofs.get(one.size))
    if (!own) told.incomparable.push(one.size)
    else if (own.equals(one.root)) told.compared.push(one.size)
    else tell('given_differs', { size: one.size })
  }
  if (told.incomparable.length && !told.compared.length) tell('given_incomparable', { size: told.incomparable[0] })
}

// -------------------------------------------------------------------------------------------------------------- texts

const TEXTS = {
  fr: {
    usage:
      'Usage : node verify-audit.mjs export.ndjson --vkey <clé publique, ou un fichier> [--checkpoint fichier]… [--lang fr|en] [--json]',
    missing: 'Fichier introuvable : {file}',
    bad_vkey: 'Ce n’est pas une clé publique de MedInfo : {vkey}',
    rows: '{rows} lignes vérifiées dans {file}, exportées le {time}.',
    asked: 'Demandé : {asked}.',
    each_row: 'De chaque ligne : son empreinte, sa preuve d’inclusion, la racine de l’arbre.',
    checkpoint: 'Point de contrôle signé : {size} lignes, racine {root}.',
    complete: 'L’export est complet : il contient chacune des {size} lignes scellées.',
    partial: 'L’export est une partie du journal. Que rien n’y manque, seule la signature du serveur le dit.',
    unsealed: '{unsealed} lignes demandées n’étaient pas encore scellées ; elles ne sont pas dans l’export.',
    compared: 'Comparé à {count} points de contrôle donnés : ils sont le début du même journal.',
    incomparable:
      '{count} points de contrôle donnés n’ont pas pu être comparés (plus récents, ou sans preuve dans cet export) : {sizes}',
    without: 'Aucun point de contrôle donné séparément : une base remise en arrière ne se verrait pas.',
    ok: 'INTACT : l’export est conforme à ce qui a été signé.',
    wrong: 'REFUSÉ : {count} défauts. Cet export ne prouve rien.',
    line: 'ligne {line}',
    no_footer: 'La dernière ligne n’est pas celle d’un export : le fichier est coupé ou altéré.',
    statement_altered: 'La déclaration signée à la fin du fichier a été altérée, ou n’est pas signée par cette clé.',
    checkpoint_altered: 'Le point de contrôle du fichier a été altéré, ou n’est pas signé par cette clé.',
    consistency_altered: 'La preuve de cohérence avec {size} lignes est fausse.',
    no_proof: 'L’export est sans preuves : refaites-le avec --proof.',
    rows_differ: 'Le fichier a {count} lignes, la déclaration en dit {expected}.',
    leaf_missing: 'La ligne scellée numéro {leaf} manque.',
    heading_altered: 'L’en-tête a été altéré.',
    line_unreadable: 'Ce n’est pas une ligne d’export.',
    out_of_order: 'Elle est plus ancienne que la précédente.',
    not_asked_for: 'Elle ne correspond pas à ce qui a été demandé.',
    row_altered: 'Elle n’est pas celle qui a été scellée, ou sa preuve est fausse.',
    row_twice: 'Elle est déjà dans le fichier.',
    file_altered: 'Le fichier n’est pas, octet pour octet, celui qui a été exporté.',
    given_unreadable: 'Un fichier donné par --checkpoint ne contient pas de point de contrôle.',
    given_unsigned: 'Un point de contrôle donné n’est pas signé par cette clé, ou est d’un autre journal.',
    given_differs: 'Un point de contrôle donné ({size} lignes) n’est pas le début de ce journal.',
    given_incomparable:
      'Aucun point de contrôle donné ne peut être comparé : refaites l’export avec --size {size}, ou complet.',
  },
  en: {
    usage:
      'Usage: node verify-audit.mjs export.ndjson --vkey <public key, or a file with it> [--checkpoint file]… [--lang fr|en] [--json]',
    missing: 'No such file: {file}',
    bad_vkey: 'This is no public key of MedInfo: {vkey}',
    rows: '{rows} rows verified in {file}, exported at {time}.',
    asked: 'Asked for: {asked}.',
    each_row: 'Of each row: its hash, its proof of inclusion, the root of the tree.',
    checkpoint: 'Signed checkpoint: {size} rows, root {root}.',
    complete: 'The export is complete: it holds each of the {size} sealed rows.',
    partial: 'The export is a part of the log. That nothing is left out, only the server’s signature says.',
    unsealed: '{unsealed} rows that were asked for were not sealed yet; they are not in the export.',
    compared: 'Compared with {count} given checkpoints: they are the beginning of the same log.',
    incomparable: '{count} given checkpoints could not be compared (later, or without a proof in this export): {sizes}',
    without: 'No checkpoint was given separately: a database that was put back would not show.',
    ok: 'INTACT: the export is what was signed.',
    wrong: 'REFUSED: {count} faults. This export proves nothing.',
    line: 'line {line}',
    no_footer: 'The last line is not that of an export: the file is cut off or altered.',
    statement_altered: 'The signed statement at the end of the file was altered, or is not signed by this key.',
    checkpoint_altered: 'The checkpoint in the file was altered, or is not signed by this key.',
    consistency_altered: 'The proof of consistency with {size} rows is wrong.',
    no_proof: 'The export is without proofs: make it again with --proof.',
    rows_differ: 'The file has {count} rows, the statement says {expected}.',
    leaf_missing: 'The sealed row number {leaf} is missing.',
    heading_altered: 'The heading was altered.',
    line_unreadable: 'This is no line of an export.',
    out_of_order: 'It is older than the one before.',
    not_asked_for: 'It does not fit to what was asked for.',
    row_altered: 'It is not the one that was sealed, or its proof is wrong.',
    row_twice: 'It is in the file already.',
    file_altered: 'The file is not, byte for byte, the one that was exported.',
    given_unreadable: 'A file given by --checkpoint holds no checkpoint.',
    given_unsigned: 'A given checkpoint is not signed by this key, or is of another log.',
    given_differs: 'A given checkpoint ({size} rows) is not the beginning of this log.',
    given_incomparable:
      'No given checkpoint can be compared: make the export again with --size {size}, or a complete one.',
  },
}

const SHOWN = 20

function linesOf(told, file, say) {
  const found = told.findings.slice(0, SHOWN).map(({ kind, line, uid, ...where }) => {
    const place = [line && say('line', { line }), uid].filter(Boolean).join(', ')
    return `${place ? `${place}: ` : ''}${say(kind, where)}`
  })
  const wrong = [...found, say('wrong', { count: told.findings.length })]
  if (!told.asked) return wrong
  const { rows, time, unsealed, size, root, compared, incomparable } = told
  return [
    say('rows', { rows, file, time }),
    say('asked', { asked: JSON.stringify(told.asked) }),
    ...(told.asked.proof ? [say('each_row'), say('checkpoint', { size, root })] : []),
    say(told.complete ? 'complete' : 'partial', { size }),
    ...(unsealed ? [say('unsealed', { unsealed })] : []),
    ...(compared.length ? [say('compared', { count: compared.length })] : []),
    ...(incomparable.length
      ? [say('incomparable', { count: incomparable.length, sizes: incomparable.slice(0, 5).join(', ') })]
      : []),
    ...(compared.length || incomparable.length ? [] : [say('without')]),
    ...(told.findings.length ? wrong : [say('ok')]),
  ]
}

async function main(argv) {
  const options = {
    vkey: { type: 'string', multiple: true },
    checkpoint: { type: 'string', multiple: true },
    lang: { type: 'string' },
    json: { type: 'boolean' },
  }
  let parsed
  try {
    parsed = parseArgs({ args: argv, options, allowPositionals: true })
  } catch {
    parsed = { values: {}, positionals: [] }
  }
  const { values, positionals } = parsed
  const texts = TEXTS[values.lang === 'en' ? 'en' : 'fr']
  const say = (key, params = {}) => texts[key].replaceAll(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole))
  const refuse = (key, params) => {
    console.error(say(key, params))
    return 2
  }
  if (positionals.length !== 1 || !values.vkey) return refuse('usage')
  const missing = [...positionals, ...(values.checkpoint ?? [])].find((file) => !existsSync(file))
  if (missing) return refuse('missing', { file: missing })
  const vkeys = values.vkey.flatMap((given) =>
    existsSync(given) ? readFileSync(given, 'utf8').trim().split(/\s+/) : [given]
  )
  const wrong = vkeys.find((vkey) => !attempt(() => readVkey(vkey)))
  if (wrong !== undefined) return refuse('bad_vkey', { vkey: wrong })
  const [file] = positionals
  const checkpoints = (values.checkpoint ?? []).map((one) => readFileSync(one, 'utf8'))
  const told = await verifyExport({ file, vkeys, checkpoints })
  const ok = told.findings.length === 0
  if (values.json) console.log(JSON.stringify({ ok, ...told }, null, 2))
  else for (const line of linesOf(told, file, say)) console.log(line)
  return ok ? 0 : 1
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2))
