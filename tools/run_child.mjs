import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { projectRoot } from './project.mjs'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']
// A terminal's Ctrl-C, or a signal to the process group, reaches the child by itself: forwarding at once would tell it
// twice, and a second signal means "now" to many servers.
const FORWARD_AFTER_MS = 1500

/**
 * Runs a program to its end, with the terminal as its own, and passes on the signals that we get meanwhile.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>, quiet?: boolean, input?: 'ignore' | 'inherit',
 *   timeoutMs?: number, killAfterMs?: number}} [options]
 *   `quiet` keeps the output instead of showing it; `killAfterMs` is for one that need not end well: how long after our
 *   own signal it may still run
 * @returns {Promise<{code: number, stopped: boolean, timedOut: boolean, output: string}>} `code` is 128 + n after signal
 *   n; `stopped` says that we were told to end; `output` is empty unless quiet
 */
export function runChild(command, args, options = {}) {
  const { cwd = projectRoot, env = process.env, quiet = false, input = 'inherit', timeoutMs, killAfterMs } = options
  const stdio = [input, quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit']
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio })
    const state = { stopped: false, timedOut: false, output: '' }
    child.stdout?.on('data', (chunk) => (state.output += chunk))
    child.stderr?.on('data', (chunk) => (state.output += chunk))

    const unlisten = forwardSignals(child, killAfterMs, () => (state.stopped = true))
    const timer = timeoutMs && setTimeout(() => ((state.timedOut = true), endChild(child)), timeoutMs)
    const finish = (code) => {
      unlisten()
      clearTimeout(timer)
      resolve({ code, ...state })
    }
    child.on('error', (error) => {
      state.output += error.message
      if (!quiet) console.error(error.message)
      finish(127)
    })
    child.on('close', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

function forwardSignals(child, killAfterMs, onSignal) {
  let forward
  let kill
  const handlers = FORWARDED.map((signal) => {
    const handler = () => {
      onSignal()
      forward ??= setTimeout(() => isRunning(child) && child.kill(signal), FORWARD_AFTER_MS)
      if (killAfterMs) kill ??= setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    }
    process.on(signal, handler)
    return [signal, handler]
  })
  return () => {
    clearTimeout(forward)
    clearTimeout(kill)
    handlers.forEach(([signal, handler]) => process.off(signal, handler))
  }
}

function endChild(child) {
  child.kill('SIGTERM')
  setTimeout(() => isRunning(child) && child.kill('SIGKILL'), 10_000).unref()
}

function isRunning(child) {
  return child.exitCode === null && child.signalCode === null
}
