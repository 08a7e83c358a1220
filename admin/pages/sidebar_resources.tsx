import * as React from 'react'
import { Icon, type IconProps } from '@adminjs/design-system'
import { useTranslation, type ResourceJSON } from 'adminjs'
import { NavLink } from 'react-router-dom'

/** The menu: what there is, in its groups. */
export function SidebarResources({ resources }: { resources: ResourceJSON[] }) {
  const { translateLabel } = useTranslation()
  const seen = resources.filter(({ href, resourceActions }) => href && resourceActions.some(isList))
  const groups = [...new Set(seen.map(({ navigation }) => navigation?.name ?? ''))]
  return (
    <nav className="mi-nav" aria-label={translateLabel('navigation')}>
      {groups.map((group) => (
        <React.Fragment key={group}>
          <h2>{translateLabel(group)}</h2>
          <ul>
            {seen
              .filter(({ navigation }) => (navigation?.name ?? '') === group)
              .map(({ id, name, href, navigation }) => (
                <li key={id}>
                  <NavLink to={href!}>
                    <Icon icon={navigation?.icon as IconProps['icon']} />
                    {translateLabel(name, id)}
                  </NavLink>
                </li>
              ))}
          </ul>
        </React.Fragment>
      ))}
    </nav>
  )
}

const isList = ({ name }: { name: string }) => name === 'list'
