/** Every permission there is. A name here is a promise to whoever granted it: add, never rename. */
export const PERMISSIONS = [
  'patients.view_any',
  'patients.view',
  'patients.find',
  'patients.register',
  'patients.correct',
  'patients.correct_any',
  'patients.retire',
  'patients.assign_doctor',
  'patients.treat',
  'users.view',
  'users.manage',
  'roles.manage',
  'audit.view',
  'imports.run',
  'settings.manage',
] as const

export type PermissionName = (typeof PERMISSIONS)[number]

/** Who may what on a fresh installation. Data from then on: the seeder adds what is missing and takes nothing away. */
export const DEFAULT_ROLES: Record<string, readonly PermissionName[]> = {
  admin: [
    'patients.view_any',
    'patients.find',
    'patients.register',
    'patients.correct_any',
    'patients.retire',
    'patients.assign_doctor',
    'users.view',
    'users.manage',
    'roles.manage',
    'audit.view',
    'imports.run',
    'settings.manage',
  ],
  doctor: ['patients.view', 'patients.find', 'patients.register', 'patients.correct', 'patients.treat'],
  nurse: ['patients.view', 'patients.register', 'patients.treat'],
  lab: ['patients.find'],
  reception: [
    'patients.view_any',
    'patients.find',
    'patients.register',
    'patients.correct_any',
    'patients.assign_doctor',
  ],
  patient: [],
}
