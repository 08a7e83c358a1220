import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ProblemBody } from '#app/sync/protocol'
import { FormContext } from '#pwa/design/field_context'
import { Icon } from '#pwa/design/icon'
import { t } from '#pwa/texts/t'

interface FormProps {
  onSubmit: () => void | Promise<void>
  /** Why it was refused: shown above, and at the fields that have the `pointer`. */
  error?: ProblemBody | null
  children: ComponentChildren
}

export function Form({ onSubmit, error = null, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
      }}
    >
      {error ? <Refusal problem={error} /> : null}
      <FormContext.Provider value={error}>{children}</FormContext.Provider>
    </form>
  )
}

/** A refusal in the server's words; it takes the focus, so that it is heard where it is not seen. */
export function Refusal({ problem }: { problem: ProblemBody }) {
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => note.current?.focus(), [problem])
  const unplaced = problem.errors?.filter(({ pointer }) => !fieldAt(pointer, note.current)) ?? []
  return (
    <div class="banner banner-danger" role="alert" tabIndex={-1} ref={note}>
      <Icon name="danger" />
      <div class="banner-text">
        <p class="banner-title">{problem.title}</p>
        {problem.detail ? <p>{problem.detail}</p> : null}
        {unplaced.length > 0 ? (
          <ul class="banner-list">
            {unplaced.map(({ pointer, detail }) => (
              <li key={pointer}>{detail}</li>
            ))}
          </ul>
        ) : null}
        {problem.type ? (
          <a href={problem.type} target="_blank" rel="noopener">
            {t('common.what_to_do')}
          </a>
        ) : null}
      </div>
    </div>
  )
}

/** The field that says it itself; before the first drawing every one of them is still to come. */
function fieldAt(pointer: string, note: HTMLElement | null): Element | null {
  const form = note?.closest('form') ?? document
  return form.querySelector(`[data-pointer="${CSS.escape(pointer)}"]`)
}
