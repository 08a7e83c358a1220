/** Why a row that was read is not taken. Sentences: `codes.<code>` of resources/lang/<locale>/imports.json. */
export const refusalCodes = [
  'merged_row_changed',
  'missing_reference',
  'mrn_taken',
  'national_id_of_another',
  'patient_changed',
  'patient_erased',
  'reference_not_found',
  'same_key_different_content',
  'unknown_role',
  'users_not_allowed',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** Remarks on rows that are taken. */
export const remarkCodes = ['account_differs', 'account_not_found', 'account_taken'] as const
export type RemarkCode = (typeof remarkCodes)[number]

/** Why a row that is accounted for is listed all the same. */
export const listedCodes = ['kept', 'merged'] as const
