export async function draft<T>(_key: string): Promise<T | null> {
  return null
}

export async function keepDraft(_key: string, _value: unknown): Promise<void> {}

export async function dropDraft(_key: string): Promise<void> {}
