import { test } from '@japa/runner'
import { foldName } from '#app/patients/names/fold_name'
import { nameSpans, nameTokens } from '#app/patients/names/name_tokens'

test.group('The folded form of a name', () => {
  test('is empty when a name holds no letter and no digit', ({ assert }) => {
    for (const nothing of ['', '   ', '-', "'", '…', '\u0000', " -'’ "]) assert.equal(foldName(nothing), '')
  })

  test('forgets case, accents, apostrophes, ligatures and the way signs part words', ({ assert }) => {
    const folded: [string, string][] = [
      ['TRAORÉ', 'traore'],
      ["N'Diaye", 'ndiaye'],
      ['N’DIAYE', 'ndiaye'],
      ['Jean-Pierre', 'jean pierre'],
      ['  Ben   Ali ', 'ben ali'],
      ['Cœur de Lion', 'coeur de lion'],
      ['Weiß', 'weiss'],
      ['Ægir', 'aegir'],
      ['İbrahim', 'ibrahim'],
      ['Ɓaldé', 'balde'],
      ['Ṣāliḥ', 'salih'],
      ['Dupont, Jr.', 'dupont jr'],
      ['Louis 14', 'louis 14'],
      ['Trao\u0301re', 'traore'],
      ['Ｓｏｗ', 'sow'],
    ]
    for (const [typed, expected] of folded) assert.equal(foldName(typed), expected, typed)
  })

  test('leaves letters of other scripts as they are, with their signs', ({ assert }) => {
    for (const name of ['محمد علي', 'йосиф', 'हिन्दी', 'አበበ']) assert.equal(foldName(name), name)
  })

  test('does not change when it is folded again', ({ assert }) => {
    for (const name of ["N'Diaye", 'İbrahim', 'ʿAbd el-Qādir', 'Ǆoković', 'ﬁn', 'محمد', '한글']) {
      assert.equal(foldName(foldName(name)), foldName(name))
    }
  })
})

test.group('The tokens of a name', () => {
  test('are none for nothing, and never more than eight', ({ assert }) => {
    assert.deepEqual(nameTokens(' - '), [])
    assert.lengthOf(nameTokens('a b c d e f g h i j k l m'), 8)
    assert.lengthOf(nameSpans("D'Aa B C D E F G H I J"), 8)
  })

  test('hold the words and their neighbours written together', ({ assert }) => {
    assert.deepEqual(nameTokens('Aït Ahmed'), ['ait', 'ahmed', 'aitahmed'])
    assert.deepEqual(nameTokens('Abd el Kader'), ['abd', 'el', 'kader', 'abdel', 'elkader', 'abdelkader'])
    assert.includeMembers(nameTokens('Jean-Pierre'), ['jean', 'pierre', 'jeanpierre'])
    assert.deepEqual(nameTokens('Traoré'), ['traore'])
  })

  test('hold what follows an apostrophe', ({ assert }) => {
    assert.deepEqual(nameTokens("N'Diaye"), ['ndiaye', 'diaye'])
    assert.deepEqual(nameTokens("D'Almeida"), ['dalmeida', 'almeida'])
    assert.deepEqual(nameTokens("Mba'a"), ['mbaa'])
  })

  test('are each named once', ({ assert }) => {
    assert.deepEqual(nameTokens('Ba Ba'), ['ba', 'baba'])
  })

  test('of a search say which words they cover', ({ assert }) => {
    assert.deepEqual(nameSpans('Ben Ali'), [
      { text: 'ben', from: 0, to: 0 },
      { text: 'ali', from: 1, to: 1 },
      { text: 'benali', from: 0, to: 1 },
    ])
  })
})
