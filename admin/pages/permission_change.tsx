import * as React from 'react'
import { Text } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'
import { ActionDialog } from './action_dialog.js'
import type { DoneNotice } from './page_action.js'
import type { Role } from './permission_matrix.js'

export interface Change {
  role: Role
  permission: string
  /** False where it is taken back. */
  isGiven: boolean
}

interface Props {
  change: Change
  onClose(): void
  onDone(notice: DoneNotice): void
}

const PAGE = 'permissions'

/** Says what changes for how many people, asks why, and does it. */
export function ChangeDialog({ change: { role, permission, isGiven }, onClose, onDone }: Props) {
  const { translateMessage, translateProperty } = useTranslation()
  const named = {
    role: translateProperty(`roles=${role.name}`, PAGE, { defaultValue: role.name }),
    permission: translateProperty(`permissions=${permission}`, PAGE),
  }
  return (
    <ActionDialog
      page={PAGE}
      action={isGiven ? 'grant' : 'revoke'}
      typed={{ role: role.name, permission }}
      isDangerous={!isGiven}
      {...{ onClose, onDone }}
    >
      <Text mb="default">{translateMessage(isGiven ? 'given' : 'taken', PAGE, named)}</Text>
      <Text mb="lg">{translateMessage('concerned', PAGE, { count: role.users })}</Text>
    </ActionDialog>
  )
}
