import type { Operations } from '#app/http/operation'
import { changeSettings, openSettings } from '#app/settings/change_settings'
import { settingsShape } from '#app/settings/settings_transformer'

export const settingsOperations: Operations = {
  'settings.show': { gate: openSettings, answer: { one: settingsShape }, as: 'admin', example: {} },
  'settings.update': {
    gate: changeSettings,
    admits: 'session',
    answer: { one: settingsShape },
    as: 'admin',
    example: {
      body: {
        ...{ name: 'MedInfo', address: ['12, rue du Port', 'Dakar'], phone: '+221 33 800 00 00' },
        header: ['Ouvert tous les jours, de 8 h à 20 h'],
        ...{ languages: ['fr', 'en'], language: 'fr', national_id_country: 'generic' },
        reason: 'Déménagement',
      },
    },
  },
}
