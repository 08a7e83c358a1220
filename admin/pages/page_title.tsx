import * as React from 'react'
import { useEffect } from 'react'

/** What a page that is no list is called, in the window's title too. */
export function PageTitle({ text }: { text: string }) {
  useEffect(() => void (document.title = `${text} – MedInfo`), [text])
  return (
    <header className="mi-header">
      <h1 className="mi-title">{text}</h1>
    </header>
  )
}
