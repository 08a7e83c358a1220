import vine from '@vinejs/vine'
import { deviceUuid, line, paging, rowUuid } from '#app/core/rules'

const owner = () => vine.string().trim().minLength(3).maxLength(190)

/** With the id of a device that is the caller's already, its credential is renewed. */
export const enrolDeviceValidator = vine.create({ id: deviceUuid().optional(), name: line(160) })

export const listOwnDevicesValidator = vine.create({ ...paging() })
export const revokeOwnDeviceValidator = vine.create({ id: rowUuid() })

/** Whose: the uuid, or the e-mail for the command line. */
export const listDevicesValidator = vine.create({ user: owner(), ...paging() })
export const revokeDeviceValidator = vine.create({ user: owner(), id: rowUuid() })
