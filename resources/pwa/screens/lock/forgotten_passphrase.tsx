import { useSignal } from '@preact/signals'
import type { ProblemBody } from '#app/sync/protocol'
import { Button } from '#pwa/design/button'
import { Checkbox } from '#pwa/design/controls'
import { Dialog } from '#pwa/design/dialog'
import { Refusal } from '#pwa/design/form'
import { Banner } from '#pwa/design/surfaces'
import { UnsentWork } from '#pwa/device/lockbox'
import { destroyVault } from '#pwa/device/vault'
import { signOut } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

/** Nobody can open the store without it: the only way on is to erase it, by somebody who knows what that means. */
export function ForgottenPassphrase() {
  const isAsked = useSignal(false)
  return (
    <>
      <Button kind="quiet" onClick={() => (isAsked.value = true)}>
        {t('lock.unlock.forgotten')}
      </Button>
      {isAsked.value && <EraseDialog onClose={() => (isAsked.value = false)} />}
    </>
  )
}

function EraseDialog({ onClose }: { onClose: () => void }) {
  const [isUnderstood, isBusy] = [useSignal(false), useSignal(false)]
  const unsent = useSignal(0)
  const problem = useSignal<ProblemBody | null>(null)
  const erase = async () => {
    isBusy.value = true
    problem.value = await endSession()
    if (!problem.value) unsent.value = await eraseStore(unsent.value > 0)
    // Said anew by whoever has read how much it is; a second tap of the same haste does nothing.
    isUnderstood.value = false
    isBusy.value = false
  }
  return (
    <Dialog
      open
      title={t('lock.forgotten.title')}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('lock.cancel')}
          </Button>
          <Button kind="danger" disabled={!isUnderstood.value} busy={isBusy.value} onClick={() => void erase()}>
            {t(unsent.value > 0 ? 'lock.forgotten.erase_anyway' : 'lock.forgotten.erase')}
          </Button>
        </>
      }
    >
      <div class="stack">
        {problem.value && <Refusal problem={problem.value} />}
        <p>{t('lock.forgotten.text')}</p>
        {unsent.value > 0 ? (
          <Banner tone="danger">{t('lock.forgotten.count', { count: unsent.value })}</Banner>
        ) : (
          <Banner tone="warning">{t('lock.forgotten.unsent')}</Banner>
        )}
        <Checkbox
          label={t('lock.forgotten.sure')}
          checked={isUnderstood.value}
          onChange={({ currentTarget }) => (isUnderstood.value = currentTarget.checked)}
        />
      </div>
    </Dialog>
  )
}

/** Whoever finds a locked device must not get by this way into the session that its owner left there. */
async function endSession(): Promise<ProblemBody | null> {
  const { problem } = await signOut()
  return problem && problem.status !== 401 ? problem : null
}

/** @returns how many writes were never sent, and keep it from being erased until that was said */
async function eraseStore(evenUnsent: boolean): Promise<number> {
  try {
    await destroyVault({ evenUnsent })
    return 0
  } catch (error) {
    if (error instanceof UnsentWork) return error.count
    throw error
  }
}
