import * as React from 'react'
import { MessageBox } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'

/** The same component; where it breaks, the page says so in the reader's language, and the rest of it stays. */
export function bounded(Component: React.ComponentType<any>) {
  return class extends React.Component<object, { isBroken: boolean }> {
    override state = { isBroken: false }

    static getDerivedStateFromError() {
      return { isBroken: true }
    }

    override render() {
      return this.state.isBroken ? <Broken /> : <Component {...this.props} />
    }
  }
}

function Broken() {
  const { translateMessage } = useTranslation()
  return (
    <div role="alert">
      <MessageBox m="lg" variant="danger" message={translateMessage('seeConsoleForMore')} />
    </div>
  )
}
