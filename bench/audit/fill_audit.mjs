// In the environment of the application: node bench/audit/fill_audit.mjs <rows>
import { openApp } from '../../build/cli/app_session.js'
import { fillAudit } from './fill.mjs'

const close = await openApp()
const { default: db } = await import('@adonisjs/lucid/services/db')
await fillAudit(db.connection(), Number(process.argv[2]))
await close()
