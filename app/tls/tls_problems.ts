import { Unavailable } from '#app/core/problem'

/** A certificate or key that cannot be used as it lies there; `file` names it, `reason` says why. */
export class CertificateUnusable extends Unavailable {
  constructor(file: string, reason: string) {
    super('certificate_unusable', { extra: { file, reason } })
  }
}
