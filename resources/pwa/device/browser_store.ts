import type { Clock, TabChannel, TabMessage } from '#pwa/device/core'
import { openDeviceStore } from '#pwa/device/open_device_store'

const NAME = 'medinfo'

const clock: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds)
    return () => clearTimeout(timer)
  },
}

function channelOfTabs(): TabChannel {
  const channel = new BroadcastChannel(NAME)
  return {
    tell: (message) => channel.postMessage(message),
    listen: (hear) => channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => hear(data)),
    close: () => channel.close(),
  }
}

async function roomLeft(): Promise<number> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {}
  return quota === undefined || usage === undefined ? Infinity : quota - usage
}

/** The store of this browser: one, whoever uses it. */
export const store = openDeviceStore({
  indexedDB: globalThis.indexedDB,
  crypto: globalThis.crypto,
  clock,
  name: NAME,
  reserve: 1024 * 1024,
  roomLeft,
  channel: channelOfTabs(),
})
