import type { Signal } from '@preact/signals'
import { Field } from '#pwa/design/field'
import { PasswordInput } from '#pwa/design/password_input'
import { SHORTEST_PASSPHRASE } from '#pwa/device/vault'
import { t } from '#pwa/texts/t'

export interface Pair {
  first: string
  again: string
}

/** What is wrong with a new passphrase, by the field; null when it can be taken. */
export function faultOf({ first, again }: Pair): { first?: string; again?: string } | null {
  // As the store counts them, or it would refuse what was taken here.
  if ([...first].length < SHORTEST_PASSPHRASE) return { first: t('lock.too_short', { count: SHORTEST_PASSPHRASE }) }
  return first === again ? null : { again: t('lock.not_same') }
}

interface PassphrasePairProps {
  label: string
  hint?: string
  pair: Signal<Pair>
  /** Whether what is wrong is said already: not before somebody has tried. */
  isTold: boolean
}

/** A new passphrase is typed twice: nobody can reset it. */
export function PassphrasePair({ label, hint, pair, isTold }: PassphrasePairProps) {
  const fault = isTold ? faultOf(pair.value) : null
  return (
    <>
      <Field label={label} hint={hint} error={fault?.first} required>
        <PasswordInput
          autocomplete="new-password"
          value={pair.value.first}
          onInput={({ currentTarget }) => (pair.value = { ...pair.value, first: currentTarget.value })}
        />
      </Field>
      <Field label={t('lock.repeat')} error={fault?.again} required>
        <PasswordInput
          autocomplete="new-password"
          value={pair.value.again}
          onInput={({ currentTarget }) => (pair.value = { ...pair.value, again: currentTarget.value })}
        />
      </Field>
    </>
  )
}
