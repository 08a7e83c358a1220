import * as React from 'react'
import { Icon, type IconProps } from '@adminjs/design-system'
import { useCurrentAdmin, useTranslation, ViewHelpers, type ResourceJSON } from 'adminjs'
import { NavLink } from 'react-router-dom'

interface Entry {
  id: string
  group: string
  icon: string
  href: string
  label: string
}

const h = new ViewHelpers()

/** The menu: what there is, in its groups; of the pages, those that whoever looks may open. */
export function SidebarResources({ resources }: { resources: ResourceJSON[] }) {
  const { translateLabel, translatePage } = useTranslation()
  const [admin] = useCurrentAdmin()
  const lists = resources
    .filter(({ href, resourceActions }) => href && resourceActions.some(isList))
    .map(({ id, name, href, navigation }): Entry => {
      const { name: group, icon } = navigation ?? {}
      return { id, group: group ?? '', icon: icon ?? '', href: href!, label: translateLabel(name, id) }
    })
  const pages = ((admin?.pages ?? []) as Omit<Entry, 'href' | 'label'>[]).map((page): Entry => ({
    ...page,
    href: h.pageUrl(page.id),
    label: translatePage(page.id),
  }))
  const entries = [...lists, ...pages]
  return (
    <nav className="mi-nav" aria-label={translateLabel('navigation')}>
      {[...new Set(entries.map(({ group }) => group))].map((group) => (
        <React.Fragment key={group}>
          <h2>{translateLabel(group)}</h2>
          <ul>
            {entries
              .filter((entry) => entry.group === group)
              .map(({ icon, href, label }) => (
                <li key={href}>
                  <NavLink to={href}>
                    <Icon icon={icon as IconProps['icon']} />
                    {label}
                  </NavLink>
                </li>
              ))}
          </ul>
        </React.Fragment>
      ))}
    </nav>
  )
}

/** They stand in the groups of the resources. */
export const SidebarPages = () => null

const isList = ({ name }: { name: string }) => name === 'list'
