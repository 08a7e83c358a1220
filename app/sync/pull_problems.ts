import { Conflict, Gone } from '#app/core/problem'

/** The changes after this cursor are kept no more: the device sends what waits, and loads its charts anew. */
export class CursorExpired extends Gone {
  constructor() {
    super('cursor_expired')
  }
}

/** A backup was restored. The device sends again what was acknowledged since, and loads its charts anew. */
export class EpochChanged extends Conflict {
  constructor(epoch: string, restoredTo: string | null) {
    super('epoch_changed', { extra: { epoch, restored_to: restoredTo } })
  }
}
