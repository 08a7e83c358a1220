import { offerDoctors } from '#app/doctors/find_doctors'
import type { ActionField } from '#admin/resource'

/** A choice of all who treat patients. */
export const offeredDoctors: ActionField = {
  type: 'choice',
  isRequired: true,
  async offers(caller) {
    const doctors = await offerDoctors(caller, {})
    return doctors.map(({ uuid, name }) => ({ value: uuid, text: name }))
  },
}
