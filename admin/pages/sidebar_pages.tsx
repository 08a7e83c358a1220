import * as React from 'react'
import { useCurrentAdmin } from 'adminjs'

interface Props {
  pages?: { name: string }[]
  /** AdminJS' own. */
  OriginalComponent: React.ComponentType<{ pages: { name: string }[] }>
}

/** Of the pages, those that whoever looks may open. */
export function SidebarPages({ pages = [], OriginalComponent }: Props) {
  const [admin] = useCurrentAdmin()
  const allowed = new Set((admin?.pages as string[] | undefined) ?? [])
  return <OriginalComponent pages={pages.filter(({ name }) => allowed.has(name))} />
}
