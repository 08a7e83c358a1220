/** What one check of `medinfo doctor` found. `code` names the sentence that says so, and what to do where it failed. */
export interface Finding {
  name: string
  ok: boolean
  code: string
  params?: Record<string, string | number>
}

export function found(name: string, code: string, params?: Finding['params']): Finding {
  return { name, ok: code === 'ok', code, params }
}
