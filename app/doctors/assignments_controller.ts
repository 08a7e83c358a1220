import type { HttpContext } from '@adonisjs/core/http'
import { one, tag } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { once } from '#app/http/once'
import { assignDoctor, unassignDoctor } from '#app/doctors/assign_doctor'
import AssignmentTransformer from '#app/doctors/assignment_transformer'
import { openAssignment } from '#app/doctors/open_assignment'

export default class AssignmentsController {
  async store(ctx: HttpContext) {
    const pair = this.pairOf(ctx)
    const assignment = await once(
      ctx,
      ['patients.assign_doctor', pair],
      (caller) => assignDoctor(caller, pair),
      (caller, id) => openAssignment(caller, { id })
    )
    tag(ctx, assignment)
    ctx.response.status(201)
    return one(ctx, AssignmentTransformer.transform(assignment))
  }

  async destroy(ctx: HttpContext) {
    const assignment = await unassignDoctor(callerFrom(ctx), this.pairOf(ctx))
    tag(ctx, assignment)
    return one(ctx, AssignmentTransformer.transform(assignment))
  }

  private pairOf({ request, params }: HttpContext) {
    return { ...request.body(), doctor_id: params.doctor, patient_id: params.patient }
  }
}
