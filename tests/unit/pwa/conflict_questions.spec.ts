import { test } from '@japa/runner'
import type { RecordData } from '#app/sync/protocol'
import { chosenData, questionsOf, type Choice } from '#pwa/screens/conflict/open_questions'
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

  const result = {
    entity: 'lab_result' as const,
    base: { result: '1,42', value: '1.42', unit: 'g/L', status: 'preliminary' },
    data: { result: '1,52', value: '1.52' },
  }

  test('the number of a result goes with its words, whoever writes them', ({ assert }) => {
    const other = { result: '1,24', value: '1.24', unit: 'g/L', status: 'preliminary' }
    const questions = questionsOf(result, theirs(other))
    assert.deepEqual(
      questions.open.map(({ field }) => field),
      ['result']
    )
    const chosen = (choice: Choice) => chosenData(result.data, questions, { result: choice })
    assert.deepEqual(chosen(choose('mine')), { result: '1,52', value: '1.52' })
    assert.deepEqual(chosen(choose('theirs')), { result: '1,24', value: '1.24' })
    assert.deepEqual(chosen({ side: 'written', text: '1,50' }), { result: '1,50', value: '1.50' })
    assert.deepEqual(chosen({ side: 'written', text: 'illisible' }), { result: 'illisible', value: null })
  })

  test('a number that both sides left is not kept under words that somebody writes anew', ({ assert }) => {
    const unsure = { ...result, data: { result: '1,42 ?' } }
    const questions = questionsOf(unsure, theirs({ ...result.base, result: '1,42 (dilué)' }))
    const chosen = chosenData(unsure.data, questions, { result: { side: 'written', text: '1,40' } })
    assert.deepEqual(chosen, { result: '1,40', value: '1.40' })
  })

  test('what a validation made of a result is nobody’s choice, and a state that somebody chose is', ({ assert }) => {
    const fields = (state: string) =>
      questionsOf(result, theirs({ ...result.base, status: state })).open.map(({ field }) => field)
    assert.deepEqual(fields('final'), ['result'])
    assert.deepEqual(fields('amended'), ['result'])
    const record = { entity: 'medical_record' as const, base: { description: 'Asthme', status: 'active' } }
    const amended = { ...record, data: { description: 'Asthme d’effort' } }
    const { open } = questionsOf(amended, theirs({ description: 'Asthme', status: 'resolved' }))
    assert.sameMembers(
      open.map(({ field }) => field),
      ['description', 'status']
    )
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
