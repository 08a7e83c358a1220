import { runChild } from '../run_child.mjs'

const GRAVE = ['high', 'critical']

/** @returns {Promise<{status: 'passed' | 'failed' | 'skipped', detail: string}>} */
export async function auditPackages() {
  const { output } = await runChild('npm', ['audit', '--json'], { quiet: true, input: 'ignore', timeoutMs: 60_000 })
  return judgeAudit(output)
}

/** @param {string} output what `npm audit --json` printed, which is an error where the registry answers none */
export function judgeAudit(output) {
  const report = readReport(output)
  if (!report?.metadata?.vulnerabilities) {
    const reason = report?.message ?? report?.error?.summary ?? 'npm gave no report'
    return { status: 'skipped', detail: `the registry answers no audit (${String(reason).split('\n')[0]})` }
  }
  const grave = Object.values(report.vulnerabilities ?? {}).filter(({ severity }) => GRAVE.includes(severity))
  if (grave.length === 0) return { status: 'passed', detail: '' }
  return { status: 'failed', detail: grave.map(({ name, severity }) => `${name}: ${severity}`).join('\n') }
}

function readReport(output) {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
  } catch {
    return null
  }
}
