import { test } from '@japa/runner'
import type { RecordData } from '#app/sync/protocol'
import { chosenData, questionsOf } from '#pwa/screens/conflict/open_questions'
import { wordDiff } from '#pwa/screens/conflict/word_diff'

const theirs = (data: Record<string, unknown>) => ({ id: 'x', ...data }) as RecordData
const choose = (side: 'mine' | 'theirs') => ({ side, text: '' })

test.group('What a conflict asks', () => {
  const base = { reason: 'Fever', notes: 'Since Monday' }
  const mine = { entity: 'consultation' as const, base, data: { reason: 'Fever, cough', notes: 'Since Sunday' } }

  test('asks of a field that both sides changed, and keeps what only this side changed', ({ assert }) => {
    const questions = questionsOf(mine, theirs({ reason: 'Fever and rash', notes: 'Since Monday' }))
    assert.deepEqual(
      questions.open.map(({ field }) => field),
      ['reason']
    )
    assert.deepEqual(
      questions.mineAlone.map(({ field }) => field),
      ['notes']
    )
  })

  test('gives nothing while a question is open, and what was chosen once all are answered', ({ assert }) => {
    const questions = questionsOf(mine, theirs({ reason: 'Fever and rash', notes: 'Since Tuesday' }))
    assert.isNull(chosenData(mine.data, questions, { reason: choose('theirs') }))
    const choices = { reason: choose('theirs'), notes: { side: 'written' as const, text: ' Since the weekend ' } }
    const chosen = { reason: 'Fever and rash', notes: 'Since the weekend' }
    assert.deepEqual(chosenData(mine.data, questions, choices), chosen)
  })

  test('never mixes the dose of one side with the medicine of the other unasked', ({ assert }) => {
    const prescription = {
      entity: 'prescription' as const,
      base: { medicine: 'Amoxicillin', dosage: '500 mg' },
      data: { dosage: '1 g' },
    }
    const questions = questionsOf(prescription, theirs({ medicine: 'Paracetamol', dosage: '500 mg' }))
    assert.sameMembers(
      questions.open.map(({ field }) => field),
      ['medicine', 'dosage']
    )
    const all = { medicine: choose('mine'), dosage: choose('mine') }
    assert.deepEqual(chosenData(prescription.data, questions, all), { medicine: 'Amoxicillin', dosage: '1 g' })
  })

  test('a field emptied by writing nothing is empty, not absent', ({ assert }) => {
    const questions = questionsOf(mine, theirs({ reason: 'Fever and rash', notes: 'Since Monday' }))
    const chosen = chosenData(mine.data, questions, { reason: { side: 'written', text: ' ' } })
    assert.deepEqual(chosen, { reason: null, notes: 'Since Sunday' })
  })
})

test.group('What differs between two texts', () => {
  const textOf = (pieces: ReturnType<typeof wordDiff>, left: 'removed' | 'added') =>
    pieces
      .filter(({ kind }) => kind === 'same' || kind === left)
      .map(({ text }) => text)
      .join('')

  test('is told by words, and either text can be read from it', ({ assert }) => {
    for (const [before, after] of [
      ['two a day', 'one a day'],
      ['', 'new'],
      ['gone', ''],
      ['a  b\nc', 'a b\n\nc d'],
      ['x '.repeat(2000), 'y '.repeat(2000)],
    ] as const) {
      const pieces = wordDiff(before, after)
      assert.equal(textOf(pieces, 'removed'), before)
      assert.equal(textOf(pieces, 'added'), after)
    }
  })

  test('leaves alone what both have', ({ assert }) => {
    assert.deepEqual(wordDiff('two a day', 'one a day'), [
      { kind: 'removed', text: 'two' },
      { kind: 'added', text: 'one' },
      { kind: 'same', text: ' a day' },
    ])
  })
})
