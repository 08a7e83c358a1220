import { test } from '@japa/runner'
import vine from '@vinejs/vine'
import { chosenPassword, refuseWeak, type Owner } from '#app/accounts/password_strength'
import { Invalid } from '#app/core/problem'
import { validated } from '#app/core/validated'

const AWA = { name: 'Awa Ndiaye', email: 'awa.ndiaye@clinique-du-port.sn' }
const form = vine.create({ password: chosenPassword() })

/** What makes it weak; null for a strong one. */
async function weaknessOf(password: string, owner: Owner = AWA): Promise<unknown> {
  try {
    await refuseWeak(password, owner)
    return null
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    const [{ pointer, code, params } = {}] = error.errors!
    if (pointer !== '/password' || code !== 'weak_password') throw error
    return params!.why
  }
}

test.group('A password that somebody chooses', () => {
  const WEAK: Record<string, string[]> = {
    keyboard: ['azertyuiopqs', 'qwertyuiop[]'],
    repeated: ['aaaaaaaaaaaa', 'bonjourbonjour', 'jetaimejetaime', 'x'.repeat(256), 'a'.repeat(255) + 'b'],
    sequence: ['abcdefghijkl'],
    common: ['azerty123456', '123456789012', 'P@ssw0rd1234', 'password1234'],
    own: ['awandiaye1234', 'ndiayeawa2026', 'clinique-du-port', 'medinfo12345'],
    other: ['motdepasse2026', 'soleil123456', 'marseille13013', 'a1b2c3d4e5f6'],
  }
  for (const [why, passwords] of Object.entries(WEAK))
    for (const password of passwords)
      test(`is refused when it is easily guessed (${why}): ${password.slice(0, 20)}`, async ({ assert }) => {
        assert.equal(await weaknessOf(password), why)
      })

  test('is weak when it is made of the own name, and for somebody else it is not', async ({ assert }) => {
    const password = 'zigzornifletteux'
    assert.equal(await weaknessOf(password, { name: 'Zigzor Nifletteux', email: null }), 'own')
    assert.isNull(await weaknessOf(password))
  })

  test('is weak when the own names only have a sign between them and a year behind', async ({ assert }) => {
    const owner = { name: 'Sara Roe', email: 'sara2@example.org' }
    for (const password of ['Sara.Roe.2024', 'sara-roe-2024', 'Roe_Sara_1234', 'sara roe 1234'])
      assert.isString(await weaknessOf(password, owner), password)
  })

  test('is taken when it is long and of no pattern, spaces and accents included', async ({ assert }) => {
    for (const password of [
      'trois-girafes-sous-la-pluie',
      'le chat dort sur le toit',
      'correct horse battery staple',
      'x7Kq2mPz9LwR',
      'Ñandú über façade ŵy',
      'мои три жирафа',
      '三只长颈鹿在雨中的屋顶上睡觉',
    ])
      assert.isNull(await weaknessOf(password), password)
  })

  test('has 12 to 256 characters', async ({ assert }) => {
    const lengths = [11, 12, 64, 65, 256, 257]
    const taken: number[] = []
    for (const length of lengths) {
      const password = 'k7$Vé2'.repeat(50).slice(0, length)
      await validated(form, { password }).then(
        () => void taken.push(length),
        () => {}
      )
    }
    assert.deepEqual(taken, [12, 64, 65, 256])
  })

  test('is the same however its accents are typed', async ({ assert }) => {
    const [composed, apart] = ['éléphant à vélo', 'e\u0301le\u0301phant a\u0300 ve\u0301lo']
    assert.notEqual(composed, apart)
    assert.deepEqual(await validated(form, { password: apart }), { password: composed })
  })

  test('holds no half of a character, which would be the same as any other half', async ({ assert }) => {
    await assert.rejects(() => validated(form, { password: 'k7$Vé2k7$Vé2\ud800' }))
  })

  test('of 256 characters without a pattern is looked at as far as is needed', async ({ assert }) => {
    const password = Array.from({ length: 256 }, (_, n) => String.fromCharCode(33 + ((n * 37) % 90))).join('')
    assert.isNull(await weaknessOf(password))
  })
})
