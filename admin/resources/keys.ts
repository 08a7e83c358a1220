import { retryJob } from '#app/jobs/retry_job'
import type Job from '#app/jobs/job'
import { showKeyStatus, watchRotations } from '#app/keys/key_status'
import { rewrapKeys, rotateKek, rotateMaster } from '#app/keys/start_rotation'
import { rotateDataKeys } from '#app/rotations/rotate_data_keys'
import { rotateIndex } from '#app/rotations/rotate_index'
import type { AdminAction } from '#admin/resource'
import type { AdminPage } from '#admin/pages'

const rotation = (gate: AdminAction['gate']): AdminAction => ({
  gate,
  permission: 'keys.manage',
  icon: 'RefreshCw',
  isDangerous: true,
  asksReason: true,
  input: () => ({}),
})

/** What keys there are and how far their rotations are. Of the keys themselves nothing comes here. */
export const keys: AdminPage = {
  id: 'keys',
  group: 'running',
  icon: 'Lock',
  permission: 'keys.manage',
  component: 'Keys',
  input: ({ only }) => ({ only }),
  async open(caller, { only }: { only?: string }) {
    if (only === 'rotations') {
      const watched = await watchRotations(caller, {})
      return { rotations: watched.map(rotationOf) }
    }
    const { provider, keys: kept, dataKeys, rotations } = await showKeyStatus(caller, {})
    return {
      provider,
      keys: kept.map(({ kind, name, state, wraps, age, isDue }) => ({ kind, name, state, wraps, age, is_due: isDue })),
      data_keys: dataKeys,
      rotations: rotations.map(rotationOf),
      may_retry: caller.user.can('settings.manage'),
      may_erase: caller.user.can('patients.erase'),
    }
  },
  actions: {
    rotate_kek: rotation(rotateKek),
    rotate_master: rotation(rotateMaster),
    rotate_data: rotation(rotateDataKeys),
    rotate_index: rotation(rotateIndex),
    rewrap: rotation(rewrapKeys),
    retry: {
      gate: retryJob,
      permission: 'settings.manage',
      icon: 'RefreshCw',
      asksReason: true,
      input: (_, { job }) => ({ id: job }),
    },
  },
}

/** Its payload is left out. */
function rotationOf({ uuid, kind, state, done, total, problem, createdAt }: Job) {
  const [known, all] = [Number(done), total === null ? null : Number(total)]
  return { id: uuid, kind, state, done: known, total: all, problem, created_at: createdAt.toISOString() }
}
