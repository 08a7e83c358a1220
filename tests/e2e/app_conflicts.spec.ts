import { test } from '@japa/runner'
import type Patient from '#app/patients/patient'
import type User from '#app/users/user'
import Consultation from '#app/consultations/consultation'
import LabResult from '#app/labs/lab_result'
import Prescription from '#app/prescriptions/prescription'
import { said } from '#tests/e2e/app_texts'
import { ENGLISH_DESK, pictured } from '#tests/e2e/pictured'
import { twoDevices, type Hand } from '#tests/e2e/two_devices'
import { someConsultation } from '#tests/functional/charts/some_chart'
import { someResult } from '#tests/functional/labs/some_result'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'

const VISIT = {
  roles: ['doctor'],
  place: 'consultations',
  make: (me: User, patient: Patient) => someConsultation(me, patient, { notes: 'Depuis lundi' }),
} as const
const MEDICINE = {
  roles: ['doctor'],
  place: 'prescriptions',
  make: async (me: User, patient: Patient) =>
    somePrescription(me, await someConsultation(me, patient), { dosage: '4 comprimés' }),
} as const
const RESULT = {
  roles: ['doctor', 'lab'],
  place: 'labs',
  make: (me: User, patient: Patient) => someResult(me, patient, { result: '1,42', unit: 'g/L' }),
} as const

test.group('Two people who changed the same record', (group) => {
  const { meetAt, bothAgree, bothSee, bothTell } = twoDevices(group)

  test('to cancel what a colleague corrected meanwhile: in sight of it, it is done all the same', async ({
    assert,
  }) => {
    const { mine, theirs, id, uuid, patient, path } = await meetAt(VISIT)
    await cancel(mine, path, 'Mauvais dossier')
    await correctNotes(theirs, path, 'Depuis samedi matin')
    await theirs.agrees()

    await mine.meets('sync.what.consultations.cancel')
    await mine.sees('Depuis samedi matin')
    await pictured(assert, mine.page, 'conflict-cancel')
    await mine.press('sync.conflict.action.go')
    await bothAgree()
    assert.equal((await Consultation.findOrFail(id)).cancelReason, 'Mauvais dossier')
    await bothTell(patient, `consultation/${uuid}`, ['Mauvais dossier', 'Depuis samedi matin', 'Depuis lundi'])
  })

  test('to cancel what a colleague corrected meanwhile: it is left, and kept aside on the device', async ({
    assert,
  }) => {
    const { mine, theirs, id, uuid, patient, path } = await meetAt(VISIT, ENGLISH_DESK)
    await cancel(mine, path, 'Wrong chart')
    await correctNotes(theirs, path, 'Depuis samedi matin')
    await theirs.agrees()

    await mine.meets('sync.what.consultations.cancel')
    await mine.sees('Depuis samedi matin')
    await pictured(assert, mine.page, 'conflict-cancel', ENGLISH_DESK)
    await mine.press('sync.conflict.action.leave')
    await mine.sees(mine.text('sync.group.set_aside'))
    await mine.sees('Wrong chart')
    assert.equal((await Consultation.findOrFail(id)).status, 'finished')
    await mine.goes(path)
    await mine.sees('Depuis samedi matin')
    await bothTell(patient, `consultation/${uuid}`, ['Depuis samedi matin', 'Depuis lundi'])
  })

  test('a correction of what a colleague cancelled meanwhile becomes an addendum', async ({ assert }) => {
    const { mine, theirs, id, uuid, patient, path } = await meetAt(VISIT)
    await correctNotes(mine, path, 'Contact tuberculeux')
    await cancel(theirs, path, 'Venu deux fois le même jour')
    await theirs.agrees()

    await mine.meets('sync.what.consultations.correct')
    await mine.sees(mine.text('sync.refused.title'))
    await takeAddendum(mine, () => pictured(assert, mine.page, 'refused-cancelled'))
    await bothAgree()
    assert.equal((await Consultation.findOrFail(id)).status, 'cancelled')
    await bothSee(path, 'Contact tuberculeux', 'Venu deux fois le même jour')
    await bothTell(patient, `consultation/${uuid}`, ['Venu deux fois le même jour', 'Depuis lundi'])
  })

  test('a correction of what a colleague corrected and cancelled asks nothing that would be refused', async ({
    assert,
  }) => {
    const { mine, theirs, id, path } = await meetAt(VISIT)
    await correctNotes(mine, path, 'Contact tuberculeux')
    await correctNotes(theirs, path, 'Depuis samedi matin')
    await cancel(theirs, path, 'Venu deux fois')
    await theirs.agrees()

    await mine.meets('sync.what.consultations.correct')
    await mine.sees(mine.text('sync.conflict.ended.consultation'))
    await pictured(assert, mine.page, 'conflict-ended')
    await mine.press('consultation.addendum_add')
    await mine.sees(mine.text('sync.conflict.settled.title'))
    await bothAgree()
    assert.equal((await Consultation.findOrFail(id)).notes, 'Depuis samedi matin')
    await bothSee(path, 'Contact tuberculeux')
  })

  test('to stop a medicine whose dose a colleague changed meanwhile is decided in sight of the dose', async ({
    assert,
  }) => {
    const { mine, theirs, id, uuid, patient, path } = await meetAt(MEDICINE)
    await stop(mine, path)
    await changeDose(theirs, path, '2 comprimés')
    await theirs.agrees()

    await mine.meets('sync.what.prescriptions.stop')
    await mine.sees('2 comprimés')
    await pictured(assert, mine.page, 'conflict-stop')
    await mine.press('sync.conflict.action.go')
    await bothAgree()
    assert.equal((await Prescription.findOrFail(id)).status, 'stopped')
    const record = `prescription/${uuid}`
    await bothTell(patient, record, [said('sync.value.status.stopped'), '2 comprimés', '4 comprimés'])
  })

  test('a dose of a medicine that a colleague stopped meanwhile is added to it, and it stays stopped', async ({
    assert,
  }) => {
    const { mine, theirs, id, path } = await meetAt(MEDICINE)
    await changeDose(mine, path, '2 comprimés')
    await stop(theirs, path)
    await theirs.agrees()

    await mine.meets('sync.what.prescriptions.amend')
    await takeAddendum(mine, () => pictured(assert, mine.page, 'refused-stopped'))
    await bothAgree()
    const now = await Prescription.findOrFail(id)
    assert.deepEqual([now.status, now.dosage], ['stopped', '4 comprimés'])
    await theirs.goes(path)
    await theirs.sees('2 comprimés')
    assert.equal(await theirs.page.getByText(/[0-9a-f]{8}-[0-9a-f]{4}-/).count(), 0, 'no id among the words')
  })

  test('what was stopped twice is said to be done, and only put away', async ({ assert }) => {
    const { mine, theirs, path } = await meetAt(MEDICINE)
    await stop(mine, path)
    await stop(theirs, path)
    await theirs.agrees()

    await mine.meets('sync.what.prescriptions.stop')
    await mine.sees(mine.text('sync.conflict.action.done'))
    await pictured(assert, mine.page, 'conflict-done')
    assert.equal(await mine.page.getByText(mine.text('sync.conflict.action.go')).count(), 0)
    await mine.press('sync.conflict.action.close')
    await mine.agrees()
  })

  test('to validate a result that a colleague corrected meanwhile is decided in sight of the value', async ({
    assert,
  }) => {
    const { mine, theirs, id, uuid, patient, path } = await meetAt(RESULT)
    await validate(mine, path)
    await correctResult(theirs, path, '1,24')
    await theirs.agrees()

    await mine.meets('sync.what.labs.validate')
    await mine.sees('1,24')
    await pictured(assert, mine.page, 'conflict-validate')
    await mine.press('sync.conflict.action.go')
    await bothAgree()
    const now = await LabResult.findOrFail(id)
    assert.deepEqual([now.status, now.result], ['final', '1,24'])
    await bothTell(patient, `lab_result/${uuid}`, [said('sync.value.status.final'), '1,24', '1,42'])
  })

  for (const [side, choose, stands] of [
    ['mine', (mine: Hand) => mine.choose(/^La mienne/), '1,52'],
    ['theirs', (mine: Hand) => mine.choose(/^L’autre/), '1,42'],
    ['something third', writeThird, '1,50'],
  ] as const)
    test(`a correction of a result that a colleague validated meanwhile: ${side}`, async ({ assert }) => {
      const { mine, theirs, id, uuid, patient, path } = await meetAt(RESULT)
      await correctResult(mine, path, '1,52')
      await validate(theirs, path)
      await theirs.agrees()

      await mine.meets('sync.what.labs.amend')
      await mine.sees(mine.text('sync.conflict.released'))
      await choose(mine)
      if (side === 'something third') await pictured(assert, mine.page, 'conflict-result')
      assert.equal(await mine.page.getByText(said('sync.field.status'), { exact: true }).count(), 0)
      await mine.press('sync.conflict.settle')
      await mine.sees(mine.text('sync.conflict.settled.title'))
      await bothAgree()
      const now = await LabResult.findOrFail(id)
      assert.deepEqual([now.status, now.result, now.value], ['amended', stands, stands.replace(',', '.')])
      await bothTell(patient, `lab_result/${uuid}`, ['1,52', '1,42', stands])
    })
})

async function correctNotes(hand: Hand, path: string, notes: string) {
  await hand.goes(path)
  await hand.press('consultation.correct')
  await hand.fill('consultation.notes', notes)
  await hand.press('consultation.save')
  await hand.sees(notes)
}

async function cancel(hand: Hand, path: string, reason: string) {
  await hand.goes(path)
  await hand.press('consultation.cancel')
  await hand.fill('consultation.cancel_reason', reason)
  await hand.confirm('consultation.cancel_confirm')
  await hand.sees(hand.text('consultation.status.cancelled'))
}

/** What was refused is offered as an addendum, and taken as that. */
async function takeAddendum(hand: Hand, whenOffered: () => Promise<void>) {
  const offered = hand.text('consultation.addendum_offered')
  await hand.page.getByRole('link', { name: hand.text('sync.refused.addendum') }).click()
  await hand.sees(offered)
  await whenOffered()
  await hand.page.locator('.card-warning').getByRole('button').click()
  await hand.page.getByText(offered).waitFor({ state: 'detached' })
}

async function stop(hand: Hand, path: string) {
  await hand.goes(path)
  await hand.press('prescription.stop')
  await hand.confirm('prescription.stop_confirm')
  await hand.sees(hand.text('prescription.status.stopped'))
}

async function changeDose(hand: Hand, path: string, dosage: string) {
  await hand.goes(path)
  await hand.press('prescription.amend')
  await hand.fill('prescription.dosage', dosage)
  await hand.press('prescription.save_changes')
  await hand.sees(dosage)
}

async function validate(hand: Hand, path: string) {
  await hand.goes(path)
  await hand.press('lab.validate')
  await hand.confirm('lab.validate')
  await hand.sees(hand.text('lab.status.final'))
}

async function correctResult(hand: Hand, path: string, result: string) {
  await hand.goes(path)
  await hand.press('lab.amend')
  await hand.fill('lab.result', result)
  await hand.press('lab.save_changes')
  await hand.sees(result)
}

async function writeThird(mine: Hand) {
  await mine.choose(/^Écrire/)
  await mine.fill('sync.conflict.written', '1,50')
}
