import { render } from 'preact'
import { App } from '#pwa/app'
import { showChoices } from '#pwa/design/choices'
import { startSession } from '#pwa/session/session'
import { loadLanguage } from '#pwa/texts/language'
import '#pwa/design/tokens.css'
import '#pwa/design/base.css'
import '#pwa/design/components.css'
import '#pwa/design/shell.css'

showChoices()
startSession()
await loadLanguage()
render(<App />, document.getElementById('app')!)
