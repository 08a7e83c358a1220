/** What is wrong. Each is named in docs/security/audit.md. */
export type FindingKind =
  | 'row_missing'
  | 'row_altered'
  | 'row_forged'
  | 'leaf_altered'
  | 'leaf_missing'
  | 'leaves_unsigned'
  | 'checkpoint_altered'
  | 'checkpoint_missing'
  | 'checkpoint_unsigned'
  | 'root_differs'
  | 'tree_truncated'
  | 'number_missing'
  | 'number_twice'
  | 'unsealed'
  | 'anchor_ahead'
  | 'anchor_altered'
  | 'anchor_differs'

/** What is worth saying and no sign of tampering. */
export type NoticeKind = 'number_lost' | 'number_unfinished' | 'unsealed' | 'anchor_behind' | 'anchor_unreadable'

interface Where {
  /** Of a row of the audit: its public id, its number in the table, its instant. */
  uid?: string
  id?: number
  at?: string
  leaf?: number
  /** Of a checkpoint. */
  size?: number
  writer?: string
  number?: number
  place?: string
  /** How many, where one finding stands for several. */
  count?: number
}

export type Finding = Where & { kind: FindingKind }
export type Notice = Where & { kind: NoticeKind }

const KEPT = 1_000

/** The first findings, and how many there are: after a disaster there may be millions. */
export class Findings {
  readonly findings: Finding[] = []
  readonly notices: Notice[] = []
  count = 0

  tell(kind: FindingKind, where: Where = {}) {
    this.count += where.count ?? 1
    if (this.findings.length < KEPT) this.findings.push({ kind, ...where })
  }

  note(kind: NoticeKind, where: Where = {}) {
    if (this.notices.length < KEPT) this.notices.push({ kind, ...where })
  }
}
