import { VERSION } from '#app/core/release'
import { allowedRegistration } from '#app/accounts/registration'
import env from '#start/env'

/** What anybody may know: that this is MedInfo, which version, which languages, who may register. */
export default class PublicInfoController {
  show() {
    return {
      data: {
        ...{ name: env.get('APP_NAME', 'MedInfo'), version: VERSION, api: '/api/v1', languages: ['fr', 'en'] },
        registration: allowedRegistration(),
      },
    }
  }
}
