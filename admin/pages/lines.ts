/** The lines of JSON of an answer, each as soon as it is there. */
export async function* linesOf(answer: Response): AsyncGenerator<Record<string, unknown>> {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop()!
    for (const line of lines) yield JSON.parse(line) as Record<string, unknown>
  }
}
