import vine from '@vinejs/vine'
import { rowUuid } from '#app/core/rules'

export const assignDoctorValidator = vine.create({ doctor_id: rowUuid(), patient_id: rowUuid() })
export const openAssignmentValidator = vine.create({ id: rowUuid() })
