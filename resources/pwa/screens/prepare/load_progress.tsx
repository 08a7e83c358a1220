import { syncState } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'
import '#pwa/screens/prepare/prepare.css'

/** How many of the patients are here. */
export function LoadProgress() {
  const { loaded, total } = syncState.value
  const label = total ? t('sync.load.progress', { loaded, total }) : t('sync.load.unknown')
  return (
    <div class="prepare-progress">
      {/* Without a value it says that something goes on. */}
      <progress aria-label={label} max={total || 1} {...(total ? { value: loaded } : {})} />
      <p>{label}</p>
    </div>
  )
}
