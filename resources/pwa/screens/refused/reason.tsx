import type { ProblemBody } from '#app/sync/protocol'
import { Banner } from '#pwa/design/surfaces'
import { fieldLabel } from '#pwa/screens/conflict/field_values'
import { t } from '#pwa/texts/t'

/** The server's words: what, why, and at which field. */
export function Reason({ problem }: { problem: ProblemBody | undefined }) {
  return (
    <Banner tone="danger">
      <p class="banner-title">{problem?.title ?? t('sync.refused.no_reason')}</p>
      {problem?.detail && <p>{problem.detail}</p>}
      {problem?.errors?.length ? (
        <ul class="banner-list" aria-label={t('sync.refused.fields')}>
          {problem.errors.map(({ pointer, code, detail }) => (
            <li key={pointer + code}>
              {fieldLabel(pointer.split('/')[1] ?? '')}
              {'\u00a0: '}
              {detail ?? code}
            </li>
          ))}
        </ul>
      ) : null}
      <p>{t('sync.refused.intro')}</p>
    </Banner>
  )
}
