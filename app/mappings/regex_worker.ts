// Imports nothing of ours: the worker starts without the loader that resolves `#app`.
import { parentPort, workerData } from 'node:worker_threads'

/** `extract` gives the first group (else the whole match) or null, `replace` the new text, `test` '1' or null. */
export interface RegexRule {
  kind: 'extract' | 'replace' | 'test'
  pattern: string
  flags: string
  with?: string
}
export interface RegexTask {
  rule: number
  text: string
}

const { rules, progress } = workerData as { rules: RegexRule[]; progress: Int32Array }
const compiled = rules.map((rule) => ({ ...rule, regex: new RegExp(rule.pattern, rule.flags) }))

parentPort!.on('message', (tasks: RegexTask[]) => {
  const answers = tasks.map((task, index) => {
    Atomics.store(progress, 0, index)
    return answer(task)
  })
  Atomics.store(progress, 0, -1)
  parentPort!.postMessage(answers)
})

function answer({ rule, text }: RegexTask): string | null {
  const { kind, regex, with: by } = compiled[rule]!
  if (kind === 'replace') return text.replace(regex, by ?? '')
  const found = regex.exec(text)
  if (kind === 'test') return found ? '1' : null
  return found ? (found[1] ?? found[0]) : null
}
