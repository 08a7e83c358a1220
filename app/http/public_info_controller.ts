import { VERSION } from '#app/core/release'
import { allowedRegistration } from '#app/accounts/registration'
import { clinicNow } from '#app/settings/clinic'

/** What anybody may know: whose this is and how they are reached, which version, which languages, who may register. */
export default class PublicInfoController {
  show() {
    const { name, address, phone, header, languages, language } = clinicNow()
    return {
      data: {
        ...{ name, version: VERSION, api: '/api/v1', languages, language },
        ...{ address, phone, header },
        registration: allowedRegistration(),
      },
    }
  }
}
