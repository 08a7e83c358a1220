import * as React from 'react'
import { useEffect, useState } from 'react'
import { Box, MessageBox, Text } from '@adminjs/design-system'
import { ApiClient, useNotice, useTranslation } from 'adminjs'
import { PageTitle } from './page_title.js'
import { ChangeDialog, type Change } from './permission_change.js'

export interface Role {
  id: string
  name: string
  permissions: string[]
  users: number
}

interface Matrix {
  roles: Role[]
  permissions: string[]
  may_change: boolean
}

const PAGE = 'permissions'

/** Which role may what; each box asks for a reason, and is one change. */
export function PermissionMatrix() {
  const { translateMessage, translatePage } = useTranslation()
  const say = (key: string, values: object = {}) => translateMessage(key, PAGE, values)
  const [matrix, setMatrix] = useState<Matrix | null>(null)
  const [isUnread, setUnread] = useState(false)
  const [change, setChange] = useState<Change | null>(null)
  const addNotice = useNotice()

  const read = async () => {
    try {
      const { data } = await new ApiClient().getPage<Matrix>({ pageName: PAGE })
      setMatrix(data)
    } catch {
      setUnread(true)
    }
  }
  useEffect(() => void read(), [])

  return (
    <Box variant="grey">
      <PageTitle text={translatePage(PAGE)} />
      <Box as="section" variant="white" aria-label={translatePage(PAGE)}>
        <Text mb="lg">{say('intro')}</Text>
        {isUnread && <MessageBox variant="danger" message={say('unread')} />}
        {!matrix && !isUnread && <Text>{say('reading')}</Text>}
        {matrix && !matrix.may_change && <Text mb="lg">{say('only_seen')}</Text>}
        {matrix && <Table matrix={matrix} onAsk={setChange} />}
      </Box>
      {change && (
        <ChangeDialog
          change={change}
          onClose={() => setChange(null)}
          onDone={(notice) => {
            setChange(null)
            addNotice(notice)
            void read()
          }}
        />
      )}
    </Box>
  )
}

function Table({ matrix, onAsk }: { matrix: Matrix; onAsk(change: Change): void }) {
  const { translateMessage, translateProperty, translatePage } = useTranslation()
  const say = (key: string, values: object = {}) => translateMessage(key, PAGE, values)
  const nameOf = (role: Role) => translateProperty(`roles=${role.name}`, PAGE, { defaultValue: role.name })
  return (
    <div className="mi-matrix" role="region" aria-label={translatePage(PAGE)} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('permission')}</th>
            {matrix.roles.map((role) => (
              <th scope="col" key={role.id}>
                {nameOf(role)}
                <br />
                <a href={`/admin/resources/users?filters.roles=${role.name}`} style={{ fontWeight: 'normal' }}>
                  {say('people', { count: role.users })}
                </a>
              </th>
            ))}
          </tr>
        </thead>
        {byArea(matrix.permissions).map(([area, permissions]) => (
          <tbody key={area}>
            <tr>
              <th scope="rowgroup" colSpan={matrix.roles.length + 1}>
                <span>{say(`area.${area}`)}</span>
              </th>
            </tr>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th scope="row">
                  <strong>{translateProperty(`permissions=${permission}`, PAGE)}</strong>
                  <span>{say(`about.${permission}`)}</span>
                </th>
                {matrix.roles.map((role) => {
                  const isHeld = role.permissions.includes(permission)
                  const label = translateProperty(`permissions=${permission}`, PAGE)
                  return (
                    <td key={role.id}>
                      <input
                        type="checkbox"
                        style={{ width: 20, height: 20 }}
                        checked={isHeld}
                        disabled={!matrix.may_change}
                        aria-label={say('cell', { role: nameOf(role), permission: label })}
                        onChange={() => onAsk({ role, permission, isGiven: !isHeld })}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

/** By what stands before the dot, in the order in which they come. */
function byArea(permissions: string[]): [string, string[]][] {
  const areas = new Map<string, string[]>()
  for (const permission of permissions) {
    const [area] = permission.split('.') as [string]
    areas.set(area, [...(areas.get(area) ?? []), permission])
  }
  return [...areas]
}
