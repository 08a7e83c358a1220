import type {
  ActionContext,
  ActionRequest,
  AdminJSOptions,
  After,
  ListActionResponse,
  RecordActionResponse,
} from 'adminjs'
import { COUNTED } from '#app/core/browse'
import { callerIn, type BackOfficeUser } from '#admin/back_office_user'
import { dashboardHandler } from '#admin/dashboard'
import { noticeOf, type Noticed } from '#admin/notice'
import type { AdminAction, AdminResource, Property, Row } from '#admin/resource'
import { fieldsOf, offersOf, perform } from '#admin/perform'
import { pageHandler } from '#admin/page_handler'
import { PAGES } from '#admin/pages'
import { RESOURCES } from '#admin/resources'
import { localeOf } from '#admin/texts'
import { lookedAtSince } from '#admin/use_case_resource'
import { isAllowed } from '#admin/visible'

/** Everything AdminJS is told: resources with what may be done to them, the dashboard, texts of both languages. */
export function optionsOf(): AdminJSOptions {
  const ids = { resources: RESOURCES.map(({ id }) => id), pages: [...PAGES.map(({ id }) => id), 'dashboard'] }
  return {
    rootPath: '/admin',
    loginPath: '/app/sign-in',
    logoutPath: '/app/me/security',
    dashboard: { component: 'Dashboard', handler: dashboardHandler },
    branding: { companyName: 'MedInfo', logo: false, favicon: '/app/icons/favicon.svg', withMadeWithLove: false },
    locale: (user: unknown) => localeOf((user as BackOfficeUser).language, ids),
    settings: { defaultPerPage: 25 },
    pages: Object.fromEntries(
      PAGES.map((page) => [page.id, { component: page.component, icon: page.icon, handler: pageHandler(page) }])
    ),
    resources: RESOURCES.map((resource) => ({ resource, options: resourceOptions(resource) })),
  } as AdminJSOptions
}

function propertyOptions({ isPreformatted, hasSeconds, shownBy }: Property) {
  const show = shownBy ?? (isPreformatted ? 'Preformatted' : null)
  return {
    ...(show ? { components: { show } } : {}),
    ...(hasSeconds ? { custom: { hasSeconds } } : {}),
  }
}

function resourceOptions(resource: AdminResource) {
  const names = Object.keys(resource.properties)
  const { properties } = resource
  const isSeen = ({ currentAdmin }: ActionContext) => isAllowed(currentAdmin, resource.permission)
  const never = { isAccessible: false, isVisible: false }
  return {
    id: resource.id,
    navigation: { name: resource.group, icon: resource.icon },
    titleProperty: resource.title,
    listProperties: names.filter((name) => properties[name]!.inList),
    showProperties: names,
    filterProperties: names.filter((name) => properties[name]!.isFilter),
    editProperties: [],
    properties: Object.fromEntries(names.map((name) => [name, propertyOptions(properties[name]!)])),
    sort: resource.sort,
    actions: {
      ...{ new: never, edit: never, delete: never, bulkDelete: never, search: never },
      // What is not shown is refused by its gate, which tells the audit.
      list: { isVisible: isSeen, custom: { counted: COUNTED }, after: tellingHowFar },
      show: { isVisible: isSeen, custom: { related: resource.related ?? {} } },
      ...actionsOf(resource.actions, 'record'),
      ...actionsOf(resource.openings, 'resource'),
    },
  }
}

/** A list that stopped before its end says so. */
const tellingHowFar: After<ListActionResponse> = (response, _request, context) => {
  const since = lookedAtSince(context)
  if (!since) return response
  const { language } = context.currentAdmin as unknown as BackOfficeUser
  const form = { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' } as const
  const options = { since: `${new Intl.DateTimeFormat(language, form).format(since)} UTC` }
  return {
    ...response,
    notice: { message: 'looked_at_since', type: 'info', options, resourceId: context.resource.id() },
  }
}

function actionsOf(actions: AdminResource['actions'] = {}, actionType: 'record' | 'resource') {
  return Object.fromEntries(
    Object.entries(actions).map(([name, action]) => [
      name,
      {
        actionType,
        icon: action.icon,
        component: 'ActionForm',
        showInDrawer: false,
        variant: action.isDangerous ? 'danger' : 'default',
        isVisible: ({ currentAdmin, record }: ActionContext) =>
          isAllowed(currentAdmin, action.permission) && (!record || (action.isFor?.(rowOf(record)) ?? true)),
        custom: { fields: fieldsOf(action), stepUp: action.gate.stepUp ?? false, isOffering: isOffering(action) },
        handler: handlerOf(action),
      },
    ])
  )
}

/** Opened by GET it only shows its form: whatever changes something is a POST, which shows its token. */
function handlerOf(action: AdminAction) {
  return async (request: ActionRequest, _response: unknown, context: ActionContext): Promise<RecordActionResponse> => {
    const { record, currentAdmin, resource, h } = context
    const user = currentAdmin as unknown as BackOfficeUser
    const row = record ? rowOf(record) : null
    const shown = async (id: string) => (await resource.findOne(id, context))!.toJSON(currentAdmin)
    const answer = async (noticed: Noticed): Promise<RecordActionResponse> => {
      const after = row && noticed.isDone && !action.endsRow ? await shown(row.id) : record?.toJSON(currentAdmin)
      return { record: (after ?? { params: {}, errors: {} }) as never, ...noticed.answer } as RecordActionResponse
    }
    const asksOffers = request.method !== 'post' && request.query?.offers
    if (request.method !== 'post' && !asksOffers) return answer({ isDone: false, answer: {} })
    try {
      if (asksOffers) return answer({ isDone: false, answer: { offers: await offersOf(action, callerIn(context)) } })
      await perform(action, callerIn(context), row, (request.payload ?? {}) as Record<string, string>)
    } catch (error) {
      return answer({ isDone: false, answer: noticeOf(error, user.language) })
    }
    const notice = { message: `done.${context.action.name}`, resourceId: resource.id(), type: 'success' as const }
    const redirectUrl =
      row && !action.endsRow
        ? h.recordActionUrl({ resourceId: resource.id(), recordId: row.id, actionName: 'show' })
        : h.resourceActionUrl({ resourceId: resource.id(), actionName: 'list' })
    return answer({ isDone: true, answer: { notice, redirectUrl } })
  }
}

const isOffering = ({ fields = {} }: AdminAction) => Object.values(fields).some(({ offers }) => offers)

const rowOf = (record: { params: Record<string, unknown> }) => record.params as Row
