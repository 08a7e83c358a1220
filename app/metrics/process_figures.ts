import { readdirSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { VERSION } from '#app/core/release'
import { countOf, gauge } from '#app/metrics/registry'

/*
 * The few figures of the process that tell whether it is well, read when they are asked for: the library's own collectors
 * start timers and observers, and one of those once kept SIGTERM from ending the process.
 */
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

countOf('process_cpu_seconds_total', 'Processor time that the process has used.', cpu)

const memory = gauge({ name: 'process_resident_memory_bytes', help: 'Memory that the process holds.' })
const heap = gauge({ name: 'nodejs_heap_size_used_bytes', help: 'Memory that JavaScript uses of it.' })
const busy = gauge({
  name: 'nodejs_eventloop_utilization',
  help: 'Share of the time since the last look in which the process had something to do, 0 to 1.',
})
const files = gauge({ name: 'process_open_fds', help: 'Open files and connections.' })

gauge({ name: 'process_start_time_seconds', help: 'When the process started, in seconds since 1970.' }).set(
  Math.round(performance.timeOrigin / 1000)
)
gauge({ name: 'medinfo_info', help: 'Always 1; says which release runs.', labelNames: ['version'] }).set(
  { version: VERSION },
  1
)

let since = performance.eventLoopUtilization()

export function readProcess() {
  const { rss, heapUsed } = process.memoryUsage()
  memory.set(rss)
  heap.set(heapUsed)
  const at = performance.eventLoopUtilization()
  busy.set(performance.eventLoopUtilization(at, since).utilization)
  since = at
  files.set(openFiles())
}

/** NaN where the system does not say. */
function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return Number.NaN
  }
}
