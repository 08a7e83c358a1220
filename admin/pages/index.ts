import { ActionForm } from './action_form.js'
import { Dashboard } from './dashboard.js'

declare global {
  /** AdminJS' own bundle puts it there before this one runs. */
  var AdminJS: { UserComponents?: Record<string, unknown> }
}

globalThis.AdminJS.UserComponents = { ActionForm, Dashboard }
