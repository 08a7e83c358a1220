import vine from '@vinejs/vine'
import { line, paging, rowUuid } from '#app/core/rules'

export const assignDoctorValidator = vine.create({ doctor_id: rowUuid(), patient_id: rowUuid() })
/** With the patient's medical record number, however it was typed. */
export const assignByMrnValidator = vine.create({
  doctor_id: rowUuid(),
  mrn: vine.string().trim().toUpperCase().maxLength(36),
})
export const openAssignmentValidator = vine.create({ id: rowUuid() })

export const listDoctorsValidator = vine.create({
  name: line(120).optional(),
  role: vine
    .string()
    .regex(/^[a-z][a-z_]{1,63}$/)
    .optional(),
  ...paging(),
})
export const openDoctorValidator = vine.create({ id: rowUuid() })
export const doctorPatientsValidator = vine.create({
  id: rowUuid(),
  /** Those whose care has ended, in place of those who are in care. */
  ended: vine.enum(['true', 'false']).optional(),
  ...paging(),
})
