import type { Operations } from '#app/http/operation'
import { openMe } from '#app/users/me'
import { meShape } from '#app/users/me_transformer'

export const userOperations: Operations = {
  'me.show': { gate: openMe, answer: { one: meShape }, as: 'doctor', example: {} },
}
