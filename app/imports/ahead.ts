/** Prepares the next item while whoever asked is busy with this one, and no more than that one. */
export async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = askFor(source)
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = askFor(source)
      yield value
    }
  } finally {
    await next.catch(() => {})
    await source.return(undefined)
  }
}

/** An error is told when the item is asked for; until then nobody listens. */
function askFor<T>(source: AsyncGenerator<T>) {
  const next = source.next()
  next.catch(() => {})
  return next
}
