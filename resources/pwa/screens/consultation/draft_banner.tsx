import { Button } from '#pwa/design/button'
import { Banner } from '#pwa/design/surfaces'
import { formatDateTime, formatTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

export function DraftFound({ at, onDrop }: { at: string; onDrop: () => void }) {
  const drop = (
    <Button kind="quiet" onClick={onDrop}>
      {t('consultation.draft_drop')}
    </Button>
  )
  return (
    <Banner tone="info" action={drop}>
      {t('consultation.draft_since', { when: formatDateTime(at) })}
    </Banner>
  )
}

interface DraftKeptProps {
  draft: { keptAt: string | null; isUnkept: boolean }
}

/** Its room is there before, so that nothing moves under a thumb; what cannot be kept is said, and typing goes on. */
export function DraftKept({ draft: { keptAt, isUnkept } }: DraftKeptProps) {
  if (isUnkept) return <Banner tone="warning">{t('consultation.draft_unkept')}</Banner>
  const kept = keptAt ? t('consultation.draft_kept', { time: formatTime(keptAt) }) : ''
  return <p class="quiet small consultation-kept">{kept}</p>
}
