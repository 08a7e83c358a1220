import { spawn } from 'node:child_process'

/* Reads numbers of processes until whoever writes them is gone, and ends those with what they have started. */
const SCRIPT = `
  groups=
  while read -r pid; do groups="$groups -$pid"; done
  for group in $groups; do kill -s KILL -- "$group" 2>/dev/null; done
  rm -rf "$1"`

/**
 * A process beside this one that ends the servers and deletes their folder when this one is killed, or dies of a fault in
 * which it can do nothing any more: its end closes the pipe between the two. It is in a group of its own, out of the way
 * of what ends ours.
 */
export function startGuard(folder) {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'guard', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  child.unref()
  child.stdin.unref()
  // Gone before us: nothing is lost but a precaution.
  child.on('error', () => {})
  child.stdin.on('error', () => {})
  return {
    /** `pid` leads a group of its own; undefined where nothing could be started. */
    watch: (pid) => pid && child.stdin.write(`${pid}\n`),
    dismiss: () => child.kill('SIGKILL'),
  }
}
