import { BasePolicy } from '@adonisjs/bouncer'
import vine from '@vinejs/vine'
import { test } from '@japa/runner'
import { readCase } from '#app/core/read_case'
import { useCase } from '#app/core/use_case'

class EveryonePolicy extends BasePolicy {
  pass() {
    return true
  }
}

const input = vine.create({ text: vine.string() })
const find = () => null
const run = async () => 'done'

// The compiler is the test here (npm run check): each line below it expects must be an error.
export const FORGOTTEN = [
  // @ts-expect-error a use-case without a policy
  useCase({ name: 'tests.forgotten', input, find, run }),
  // @ts-expect-error a read without a policy
  readCase({ name: 'tests.forgotten', input, find, run }),
  // @ts-expect-error a policy that has no such rule
  useCase({ name: 'tests.misspelt', input, find, policy: [EveryonePolicy, 'passs'], run }),
  // @ts-expect-error a use-case without validation
  useCase({ name: 'tests.unchecked', find, policy: [EveryonePolicy, 'pass'], run }),
  // @ts-expect-error a name that is not `domain.verb`
  useCase({ name: 'tests', input, find, policy: [EveryonePolicy, 'pass'], run }),
]

test.group('The gate', () => {
  test('is complete only with a name, an input, a policy and a body', ({ assert }) => {
    const complete = useCase({ name: 'tests.complete', input, find, policy: [EveryonePolicy, 'pass'], run })
    assert.equal(complete.useCaseName, 'tests.complete')
    assert.equal(
      readCase({ name: 'tests.read', input, find, policy: [EveryonePolicy, 'pass'], run }).useCaseName,
      'tests.read'
    )
  })
})
