import { offerDoctors } from '#app/doctors/find_doctors'
import type { ActionField } from '#admin/resource'

/** A choice of all who treat patients; those of the same name are told apart by their address. */
export const offeredDoctors: ActionField = {
  type: 'choice',
  isRequired: true,
  async offers(caller) {
    const doctors = await offerDoctors(caller, {})
    const bearers = Map.groupBy(doctors, ({ name }) => name)
    return doctors.map(({ uuid, name, email }) => ({
      value: uuid,
      text: bearers.get(name)!.length > 1 ? `${name} (${email ?? uuid})` : name,
    }))
  },
}
