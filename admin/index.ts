import AdminJS from 'adminjs'
import AdminJSExpress from '@adminjs/express'
import express, { type RequestHandler } from 'express'
import { type BackOfficeUser } from '#admin/back_office_user'
import { optionsOf } from '#admin/options'
import { closedPage } from '#admin/page_html'
import { UseCaseDatabase } from '#admin/use_case_database'
import { UseCaseResource } from '#admin/use_case_resource'

/* Forms of a few fields. Files come by another way, and none is written to a folder of the machine here. */
const FORM_LIMITS = { maxFieldsSize: 256 * 1024, maxFields: 200, maxFileSize: 1, multiples: false }

/** What a request carries for the pages: who it is, and the nonce of its answer. */
export interface Entered {
  session: { adminUser: BackOfficeUser }
  nonce(): string
}

let handler: RequestHandler | undefined

/** Express with AdminJS in it; both are loaded with the first visit. */
export function backOffice(): RequestHandler {
  if (handler) return handler
  AdminJS.registerAdapter({ Database: UseCaseDatabase as never, Resource: UseCaseResource as never })
  const admin = new AdminJS(optionsOf())
  // Its own would bundle the components, which the build has done.
  admin.initialize = async () => {}
  const own = express()
  own.disable('x-powered-by')
  own.set('etag', false)
  own.use('/admin', closingPages, AdminJSExpress.buildRouter(admin, undefined, FORM_LIMITS as never))
  return (handler = own)
}

const closingPages: RequestHandler = (request, response, next) => {
  const send = response.send.bind(response)
  response.send = (body: unknown) => {
    const isPage = typeof body === 'string' && body.includes('window.REDUX_STATE')
    return send(isPage ? closedPage(body, (request as unknown as Entered).nonce()) : body)
  }
  next()
}
