import type { Held } from '#pwa/device/types'

/** Where a record is shown and changed. */
export function recordHref({ entity, id, scope }: Pick<Held, 'entity' | 'id' | 'scope'>): string {
  const folder = FOLDERS[entity]
  return folder ? `/app/patients/${scope}/${folder}/${id}` : `/app/patients/${scope}`
}

const FOLDERS: Partial<Record<Held['entity'], string>> = {
  consultation: 'consultations',
  prescription: 'prescriptions',
  medical_record: 'records',
  lab_result: 'labs',
}

/** Where its versions are. */
export const historyHref = ({ entity, id, scope }: Pick<Held, 'entity' | 'id' | 'scope'>) =>
  `/app/patients/${scope}/history/${entity}/${id}`
