import { Refused } from '#app/core/problem'

/** Why a file is not taken, or cannot be tried. Sentences: `codes.<code>` of resources/lang/<locale>/imports.json. */
export type UploadCode =
  | 'upload_empty'
  | 'upload_incomplete'
  | 'upload_in_use'
  | 'upload_not_csv'
  | 'upload_not_text'
  | 'upload_out_of_step'
  | 'upload_same_file'
  | 'upload_too_large'
  | 'upload_too_many'
  | 'upload_trial_too_large'

export class BadUpload extends Refused {
  constructor(code: UploadCode, params: Record<string, string | number> = {}) {
    super(code, { extra: params })
  }
}
