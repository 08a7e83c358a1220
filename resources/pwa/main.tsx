import { render } from 'preact'
import { App } from '#pwa/app'
import { showChoices } from '#pwa/design/choices'
import { start } from '#pwa/start'
import { loadLanguage } from '#pwa/texts/language'
import { startBeside } from '#pwa/worker/start'
import '#pwa/design/tokens.css'
import '#pwa/design/base.css'
import '#pwa/design/components.css'
import '#pwa/design/shell.css'

showChoices()
start()
await loadLanguage()
render(<App />, document.getElementById('app')!)
startBeside()
