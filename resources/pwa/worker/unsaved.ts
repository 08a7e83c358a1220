/** Forms in which somebody typed since they were shown or sent. Held weakly: a form that is gone is no matter. */
const touched = new WeakSet<Element>()

/**
 * Watches what is typed, in any form. One that keeps itself as a draft says so by `data-drafted` on itself or around it:
 * a reload loses nothing of it. @returns what ends it
 */
export function watchForms(): () => void {
  const note = ({ target }: Event) => {
    const form = target instanceof Element ? target.closest('form') : null
    if (form && !form.closest('[data-drafted]')) touched.add(form)
  }
  const forget = ({ target }: Event) => {
    if (target instanceof Element) touched.delete(target)
  }
  document.addEventListener('input', note)
  document.addEventListener('reset', forget)
  return () => {
    document.removeEventListener('input', note)
    document.removeEventListener('reset', forget)
  }
}

/** Whether a reload now would lose what somebody typed. */
export function hasUnsavedForms(): boolean {
  return [...document.forms].some((form) => touched.has(form))
}
