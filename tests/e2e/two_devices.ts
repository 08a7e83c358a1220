import type { Group } from '@japa/runner/core'
import type { BrowserContext, Page } from 'playwright-core'
import type Patient from '#app/patients/patient'
import type User from '#app/users/user'
import { someone } from '#tests/acting'
import { deviceOf, inBrowser } from '#tests/e2e/app_browser'
import { said } from '#tests/e2e/app_texts'
import { FRENCH_PHONE, type Reader } from '#tests/e2e/pictured'
import { visit } from '#tests/e2e/prepared_device'
import { patientOf } from '#tests/functional/charts/some_chart'

/** A record that two people meet at: how it is made, and where the app shows those of its kind. */
interface Meeting {
  roles: readonly string[]
  place: 'consultations' | 'prescriptions' | 'labs'
  make(me: User, patient: Patient): Promise<{ id: number; uuid: string }>
}

/** What a hand does on one device, in words of the app's own texts. */
function handOn(context: BrowserContext, page: Page, { language }: Reader) {
  const text = (key: string) => said(key, language)
  const press = (key: string) => page.getByRole('button', { name: text(key), exact: true }).click()
  const sees = (words: string) => page.getByText(words, { exact: false }).first().waitFor()
  return {
    ...{ context, page, text, press, sees },
    goes: (path: string) => visit(page, path),
    fill: (key: string, value: string) =>
      page
        .getByLabel(new RegExp(`^${text(key)}( \\(|$)`))
        .first()
        .fill(value),
    confirm: (key: string) =>
      page
        .getByRole('dialog')
        .getByRole('button', { name: text(key), exact: true })
        .click(),
    choose: (name: RegExp) => page.getByRole('radio', { name }).check(),
    /** Sends all and takes what others have sent. */
    async agrees() {
      await visit(page, 'outbox')
      await sees(text('sync.empty.title'))
      await Promise.all([page.waitForResponse(/\/api\/v1\/sync$/), press('sync.send_now')])
      await sees(text('sync.phase.idle'))
    },
    /** Goes on line and opens what somebody has to decide. */
    async meets(what: string) {
      await context.setOffline(false)
      await visit(page, 'outbox')
      await page.getByRole('heading', { name: text('sync.group.attention') }).waitFor()
      await page.getByText(text(what)).first().click()
    },
  }
}
export type Hand = ReturnType<typeof handOn>

/** Two people of the same roles who treat one patient, each at a device of their own. */
export function twoDevices(group: Group) {
  const hands: Hand[] = []
  inBrowser(group)
  group.each.teardown(() => void hands.splice(0))

  async function handOf(user: User, reader = FRENCH_PHONE) {
    const { context, page } = await deviceOf(user, reader)
    const hand = handOn(context, page, reader)
    hands.push(hand)
    return hand
  }

  return {
    /** Both have the record; the first works without a network from here on. */
    async meetAt({ roles, place, make }: Meeting, reader = FRENCH_PHONE) {
      const [me, colleague] = [await someone(...roles), await someone(...roles)]
      const patient = await patientOf(me, colleague)
      const { id, uuid } = await make(me, patient)
      const [mine, theirs] = [await handOf(me, reader), await handOf(colleague)]
      await mine.context.setOffline(true)
      return { mine, theirs, id, uuid, patient, path: `patients/${patient.uuid}/${place}/${uuid}` }
    },

    async bothAgree() {
      for (const hand of hands) await hand.agrees()
    },

    async bothSee(path: string, ...words: string[]) {
      for (const hand of hands) {
        await hand.goes(path)
        for (const each of words) await hand.sees(each)
      }
    },

    /** The history of a record has all these words, on each device. */
    async bothTell(patient: Patient, record: string, words: string[]) {
      for (const hand of hands) {
        await hand.goes('')
        await hand.goes(`patients/${patient.uuid}/history/${record}`)
        for (const each of words) await hand.sees(each)
      }
    },
  }
}
