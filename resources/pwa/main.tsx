import { render } from 'preact'
import { App } from '#pwa/app'
import '#pwa/design/tokens.css'
import '#pwa/design/base.css'

render(<App />, document.getElementById('app')!)
