import { test } from '@japa/runner'
import { isSignedBy, readCheckpoint, readVkey, signerOf, writeCheckpoint } from '#app/audit/checkpoint'

const NAME = 'medinfo/0011223344556677'
const signer = signerOf(Buffer.alloc(32, 1), NAME)
const [ROOT, TIME] = [Buffer.alloc(32, 7), new Date('2026-11-23T06:00:00.123Z')]
const written = () => writeCheckpoint({ size: 4711, root: ROOT, previous: 4702, time: TIME }, signer)

test.group('A checkpoint', () => {
  test('is refused when it is none', ({ assert }) => {
    const note = written()
    const broken = [
      '',
      'text',
      note.replace('\n\n', '\n'),
      note.replace('4711', '04711'),
      note.replace('4711', '-1'),
      note.replace('4711', '1e3'),
      note.replace(ROOT.toString('base64'), 'AAAA'),
      note.replace('— ', '-- '),
      note.replace(NAME, ''),
      `${note}rest\n`,
      note.slice(0, -1),
    ]
    for (const text of broken) assert.throws(() => readCheckpoint(text), /not a checkpoint/)
  })

  test('says what was written, in the lines of C2SP', ({ assert }) => {
    const note = written()
    assert.match(
      note,
      /^medinfo\/0011223344556677\n4711\nBwcH[A-Za-z0-9+/]+=\nprevious 4702\ntime 2026-11-23T06:00:00\.123Z\n\n— medinfo\/0011223344556677 [A-Za-z0-9+/]{90,91}={0,2}\n$/
    )
    const { origin, size, root, previous, time } = readCheckpoint(note)
    assert.deepEqual(
      { origin, size, root, previous, time },
      {
        ...{ origin: NAME, size: 4711, root: ROOT, previous: 4702 },
        time: TIME.toISOString(),
      }
    )
  })

  test('is signed by its key and by no other, under its name and no other', ({ assert }) => {
    const checkpoint = readCheckpoint(written())
    assert.isTrue(isSignedBy(checkpoint, signer.verifier))
    assert.isFalse(isSignedBy(checkpoint, signerOf(Buffer.alloc(32, 2), NAME).verifier))
    assert.isFalse(isSignedBy(checkpoint, signerOf(Buffer.alloc(32, 1), 'medinfo/other').verifier))
    const other = { ...signerOf(Buffer.alloc(32, 2), NAME).verifier, keyId: signer.verifier.keyId }
    assert.isFalse(isSignedBy(checkpoint, other))
  })

  test('altered in any byte of what is signed, is not signed any more', ({ assert }) => {
    const note = written()
    const end = note.indexOf('\n\n')
    let read = 0
    for (let at = 0; at < end; at++) {
      const altered = `${note.slice(0, at)}${note[at] === '1' ? '2' : '1'}${note.slice(at + 1)}`
      try {
        assert.isFalse(isSignedBy(readCheckpoint(altered), signer.verifier), `${at}`)
        read++
      } catch (error) {
        assert.equal((error as Error).name, 'CheckpointUnreadable')
      }
    }
    assert.isAbove(read, 50)
  })
})

test.group('A key that verifies', () => {
  test('in its text form verifies what its pair signed', ({ assert }) => {
    assert.isTrue(isSignedBy(readCheckpoint(written()), readVkey(signer.verifier.vkey)))
    assert.throws(() => readVkey(signer.verifier.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')), /not the one/)
    assert.throws(() => readVkey('medinfo'), /no key/)
  })

  test('is read and used as the notes of Go’s checksum database are', ({ assert }) => {
    const verifier = readVkey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
    const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    const bytes = Buffer.from(
      'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
      'base64'
    )
    const signatures = [{ name: 'PeterNeumann', keyId: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) }]
    const note = { origin: '', size: 0, root: ROOT, previous: null, time: null, text, signatures }
    assert.isTrue(isSignedBy(note, verifier))
    assert.isFalse(isSignedBy({ ...note, text: `${text} ` }, verifier))
  })
})
