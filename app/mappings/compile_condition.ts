import type { Condition, Test } from '#app/mappings/mapping'
import { type FileScope, patternOf, type RowScope } from '#app/mappings/row_scope'

/** Whether a condition holds for a row. Columns are compared without the white space around them. */
export function compileCondition(condition: Condition, scope: FileScope): (row: RowScope) => boolean {
  const tests = [condition].flat().map((test) => compileTest(test, scope))
  return (row) => tests.every((test) => test(row))
}

function compileTest(test: Test, scope: FileScope): (row: RowScope) => boolean {
  if (test.any) {
    const tests = test.any.map((one) => compileTest(one, scope))
    return (row) => tests.some((one) => one(row))
  }
  const index = scope.columns.get(test.column!) ?? -1
  const read = ({ cells }: RowScope) => {
    const text = (cells[index] ?? '').trim()
    return scope.emptyValues.has(text) ? '' : text
  }
  if (test.is !== undefined) return (row) => read(row) === test.is
  if (test.is_not !== undefined) return (row) => read(row) !== test.is_not
  if (test.in) return (row) => test.in!.includes(read(row))
  if (test.not_in) return (row) => !test.not_in!.includes(read(row))
  if (test.empty !== undefined) return (row) => (read(row) === '') === test.empty
  const rule = scope.regexes.add({ kind: 'test', ...patternOf(test.matches!) })
  return (row) => row.ask(rule, read(row), test.column!) !== null
}
