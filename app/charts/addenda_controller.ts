import type { HttpContext } from '@adonisjs/core/http'
import { ADDENDA, openAddendum } from '#app/charts/addenda_of_records'
import AddendumTransformer from '#app/charts/addendum_transformer'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { once } from '#app/http/once'
import { queryOf } from '#app/http/sparse'

/** The addenda of a record, at the record's address: which kind it is, the route's name says. */
export default class AddendaController {
  async index(ctx: HttpContext) {
    const page = await addendaOf(ctx).list(callerFrom(ctx), { ...queryOf(ctx), ...pathOf(ctx) })
    return many(ctx, AddendumTransformer.transform(page.rows), page)
  }

  async store(ctx: HttpContext) {
    const { add } = addendaOf(ctx)
    const raw = { ...ctx.request.body(), ...pathOf(ctx) }
    const addendum = await once(
      ctx,
      [add.useCaseName, raw],
      (caller) => add(caller, raw),
      (caller, id) => openAddendum(caller, { id })
    )
    ctx.response.status(201)
    return one(ctx, AddendumTransformer.transform(addendum))
  }
}

/** 'addenda.consultations.store' → those of consultations. */
function addendaOf({ route }: HttpContext) {
  return ADDENDA[route!.name!.split('.')[1] as keyof typeof ADDENDA]
}

function pathOf({ params: { id, ...path } }: HttpContext) {
  return { ...path, record_id: id }
}
