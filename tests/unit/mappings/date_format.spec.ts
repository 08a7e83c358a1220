import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { compileDateFormat, readDate, readInstant } from '#app/mappings/date_format'

const formats = (...texts: string[]) => texts.map((text) => compileDateFormat(text)!)
const date = (text: string, ...texts: string[]) => readDate(text, formats(...texts))
const instant = (text: string, format: string, zone = 'UTC') => readInstant(text, formats(format), zone)

test.group('Dates', () => {
  for (const format of ['DD/MM', 'DD/MM/YY', 'DD/MM/YYYY DD', 'dd/MM/yyyy', 'DD MMM YYYY', '']) {
    test(`refuses the format '${format}'`, ({ assert }) => {
      assert.isNull(compileDateFormat(format))
    })
  }

  for (const text of [
    '12/28/2003',
    '31/04/2003',
    '29/02/2023',
    '29/02/1900',
    '00/01/2003',
    '1/2/2003',
    '01-02-2003',
    '01/02/03',
    '',
  ]) {
    test(`finds no DD/MM/YYYY in '${text}'`, ({ assert }) => {
      assert.isNull(date(text, 'DD/MM/YYYY'))
    })
  }

  for (const text of [
    '2021-08-23T24:00:00Z',
    '2021-08-23T23:60:00Z',
    '2021-08-23T23:00:00+25:00',
    '2021-08-23 23:00:00Z',
  ]) {
    test(`finds no moment in '${text}'`, ({ assert }) => {
      assert.isNull(instant(text, 'YYYY-MM-DDTHH:mm:ssZ'))
    })
  }

  test('finds no moment in the hour that summer time skips', ({ assert }) => {
    assert.isNull(instant('31/03/2024 02:30', 'DD/MM/YYYY HH:mm', 'Europe/Paris'))
  })

  test('reads a date as its format says, and never the other way round', ({ assert }) => {
    assert.equal(date('03/04/2003', 'DD/MM/YYYY'), '2003-04-03')
    assert.equal(date('03/04/2003', 'MM/DD/YYYY'), '2003-03-04')
    assert.equal(date('3.4.2003', 'D.M.YYYY'), '2003-04-03')
    assert.equal(date('29/02/2000', 'DD/MM/YYYY'), '2000-02-29')
    assert.equal(date('20030403', 'YYYYMMDD'), '2003-04-03')
    assert.equal(date('le 03/04/2003', '[le] DD/MM/YYYY'), '2003-04-03')
    assert.equal(date('0050-01-01', 'YYYY-MM-DD'), '0050-01-01')
  })

  test('tries several formats in their order', ({ assert }) => {
    assert.equal(date('2003-04-03', 'DD/MM/YYYY', 'YYYY-MM-DD'), '2003-04-03')
  })

  test('reads every hour of a year as its zone’s clock showed it', ({ assert }) => {
    const format = formats('YYYY-MM-DD HH:mm')
    for (const zone of ['Europe/Paris', 'Africa/Casablanca', 'Africa/Dakar', 'Asia/Kolkata']) {
      let hour = DateTime.utc(2023, 1, 1)
      for (let count = 0; count < 365 * 24; count++) {
        const read = readInstant(hour.toFormat('yyyy-MM-dd HH:mm'), format, zone)
        const there = hour.setZone(zone, { keepLocalTime: true })
        assert.equal(read, there.hour === hour.hour ? there.toUTC().toISO() : null, `${zone} ${hour.toISO()}`)
        hour = hour.plus({ hours: 1 })
      }
    }
  })

  test('reads moments into UTC', ({ assert }) => {
    assert.equal(instant('2021-08-23T03:26:50Z', 'YYYY-MM-DDTHH:mm:ssZ'), '2021-08-23T03:26:50.000Z')
    assert.equal(instant('2021-08-23T03:26:50+0530', 'YYYY-MM-DDTHH:mm:ssZ'), '2021-08-22T21:56:50.000Z')
    assert.equal(instant('2021-08-23T03:26:50-05', 'YYYY-MM-DDTHH:mm:ssZ'), '2021-08-23T08:26:50.000Z')
    assert.equal(instant('23/08/2021 9:05', 'DD/MM/YYYY H:mm', 'Africa/Algiers'), '2021-08-23T08:05:00.000Z')
    assert.equal(instant('23/08/2021', 'DD/MM/YYYY'), '2021-08-23T00:00:00.000Z')
    assert.equal(instant('01/08/2021', 'DD/MM/YYYY', 'Europe/Paris'), '2021-07-31T22:00:00.000Z')
    assert.equal(instant('31/03/2024 03:00', 'DD/MM/YYYY HH:mm', 'Europe/Paris'), '2024-03-31T01:00:00.000Z')
    assert.equal(instant('31/03/2024 01:59', 'DD/MM/YYYY HH:mm', 'Europe/Paris'), '2024-03-31T00:59:00.000Z')
    assert.equal(instant('2021-08-23 03:26:50.123', 'YYYY-MM-DD HH:mm:ss.SSS'), '2021-08-23T03:26:50.123Z')
  })
})
