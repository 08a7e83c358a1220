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

/** Its room is there before, so that nothing moves under a thumb. */
export function DraftKept({ at }: { at: string | null }) {
  return <p class="quiet small consultation-kept">{at ? t('consultation.draft_kept', { time: formatTime(at) }) : ''}</p>
}
