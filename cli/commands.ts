import type { Command } from '@oclif/core/command'

type CommandModule = () => Promise<{ default: Command.Class }>

/** Every command by its id; a module is loaded when its command runs or shows its help. */
export const COMMANDS: Record<string, CommandModule> = {
  'up': () => import('#cli/commands/up'),
  'serve': () => import('#cli/commands/serve'),
  'migrate': () => import('#cli/commands/migrate'),
  'doctor': () => import('#cli/commands/doctor'),
  'user:create': () => import('#cli/commands/user/create'),
  'user:invite': () => import('#cli/commands/user/invite'),
  'user:list': () => import('#cli/commands/user/list'),
  'user:disable': () => import('#cli/commands/user/disable'),
  'user:sessions': () => import('#cli/commands/user/sessions'),
  'user:end-sessions': () => import('#cli/commands/user/end_sessions'),
  'user:reset-mfa': () => import('#cli/commands/user/reset_mfa'),
  'role:list': () => import('#cli/commands/role/list'),
  'role:grant': () => import('#cli/commands/role/grant'),
  'role:revoke': () => import('#cli/commands/role/revoke'),
  'token:create': () => import('#cli/commands/token/create'),
  'token:revoke': () => import('#cli/commands/token/revoke'),
  'device:list': () => import('#cli/commands/device/list'),
  'device:revoke': () => import('#cli/commands/device/revoke'),
  'mail:list': () => import('#cli/commands/mail/list'),
  'mail:show': () => import('#cli/commands/mail/show'),
  'import': () => import('#cli/commands/import/index'),
  'import:list': () => import('#cli/commands/import/list'),
  'import:show': () => import('#cli/commands/import/show'),
  'job:list': () => import('#cli/commands/job/list'),
  'job:show': () => import('#cli/commands/job/show'),
  'job:retry': () => import('#cli/commands/job/retry'),
  'settings:show': () => import('#cli/commands/settings/show'),
  'settings:change': () => import('#cli/commands/settings/change'),
  'audit:verify': () => import('#cli/commands/audit/verify'),
  'audit:seal': () => import('#cli/commands/audit/seal'),
  'audit:anchor': () => import('#cli/commands/audit/anchor'),
  'audit:export': () => import('#cli/commands/audit/export'),
  'key:status': () => import('#cli/commands/key/status'),
  'key:rotate': () => import('#cli/commands/key/rotate'),
  'key:rewrap': () => import('#cli/commands/key/rewrap'),
  'key:shred-patient': () => import('#cli/commands/key/shred_patient'),
}

export const TOPICS = ['user', 'role', 'token', 'device', 'mail', 'import', 'job', 'settings', 'audit', 'key'] as const
