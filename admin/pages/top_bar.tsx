import * as React from 'react'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '@adminjs/design-system'
import { useCurrentAdmin, useNotice, useTranslation } from 'adminjs'
import { signOut } from './session.js'

const menu = () => document.querySelector<HTMLElement>('[data-css=sidebar]')

/** Opens the menu where it is not beside the page, and says who works here. */
export function TopBar({ toggleSidebar }: { toggleSidebar(): void }) {
  const { translateLabel } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const close = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || !menu()?.classList.contains('visible')) return
      toggleSidebar()
      button.current?.focus()
    }
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  })
  const open = () => {
    toggleSidebar()
    // Once it can be seen.
    setTimeout(() => menu()?.querySelector('a')?.focus(), 50)
  }
  return (
    <div className="mi-bar">
      <button
        ref={button}
        type="button"
        className="mi-button mi-menu-button"
        aria-label={translateLabel('menu')}
        onClick={open}
      >
        <Icon icon="Menu" />
      </button>
      <PersonMenu />
    </div>
  )
}

function PersonMenu() {
  const { translateLabel, translateButton } = useTranslation()
  const [admin] = useCurrentAdmin()
  const [isOpen, setOpen] = useState(false)
  const addNotice = useNotice()
  const button = useRef<HTMLButtonElement>(null)
  const close = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return
    setOpen(false)
    button.current?.focus()
  }
  const leave = (event: React.FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
  }
  const end = async () => {
    const problem = await signOut()
    if (problem) addNotice({ type: 'error', message: problem })
    else location.assign('/app/sign-in')
  }
  return (
    <div className="mi-person" onKeyDown={close} onBlur={leave}>
      <button
        ref={button}
        type="button"
        className="mi-button"
        aria-expanded={isOpen}
        aria-controls="person-menu"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon icon="User" />
        {admin?.email}
      </button>
      <ul id="person-menu" className="mi-menu" hidden={!isOpen}>
        <li>
          <a href="/app/">{translateLabel('app')}</a>
        </li>
        <li>
          <a href="/app/me/profile">{translateLabel('account')}</a>
        </li>
        <li>
          <button type="button" onClick={() => void end()}>
            {translateButton('logout')}
          </button>
        </li>
      </ul>
    </div>
  )
}
