// National ids and phones of the shape that each country uses (docs/national_ids.md), with random digits.

/** @returns {string} an id for someone of this sex (M or F) born on this day */
export function nationalId(country, chance, { sex, born }) {
  const first = sex === 'M' ? '1' : '2'
  const year = String(born.getUTCFullYear())
  const make = {
    'SN': () => first + chance.whole(101, 999) + year + chance.digits(5),
    'MA': () =>
      chance.pick(['A', 'BE', 'BK', 'C', 'D', 'EE', 'J', 'K', 'L', 'W']) + chance.whole(1, 9) + chance.digits(5),
    'CI': () => '1' + chance.digits(10),
    'ML': () => '1' + first + year.slice(2) + chance.digits(10) + chance.pick('ABCDEFGHJKLMNPRTVWXYZ'),
    'DZ': () => '1' + first + year.slice(1) + chance.digits(13),
    'TN': () => chance.pick('01') + chance.digits(7),
    'CM': () => '1' + chance.digits(8),
    'BF': () => 'B' + chance.digits(8),
    'FR': () => frenchId(first, born, chance),
    '': () => 'PAS-' + chance.digits(6),
  }
  return make[country]()
}

/** NIR: sex, year, month, place, order, and 97 less the rest of it by 97 (INSEE). */
function frenchId(first, born, chance) {
  const month = String(born.getUTCMonth() + 1).padStart(2, '0')
  const body =
    first +
    String(born.getUTCFullYear()).slice(2) +
    month +
    chance.pick(['13', '69', '75', '93', '31']) +
    String(chance.whole(1, 400)).padStart(3, '0') +
    String(chance.whole(1, 900)).padStart(3, '0')
  return body + String(97 - (Number(body) % 97)).padStart(2, '0')
}

/** What a clerk writes by mistake: cut short, or with a sign that no id has. */
export function spoilNationalId(id, chance) {
  return chance.chance(0.5) ? id.slice(0, 2) : id.slice(0, -1) + '?'
}

const PHONES = {
  SN: ['221', (chance) => chance.pick(['77', '78', '76', '70']) + chance.whole(2, 9) + chance.digits(6)],
  MA: ['212', (chance) => '0' + chance.pick(['661', '662', '667', '670', '671']) + chance.digits(6)],
  CI: ['225', (chance) => chance.pick(['0707', '0708', '0505', '0101']) + chance.digits(6)],
  ML: ['223', (chance) => chance.pick(['66', '70', '75', '76']) + chance.digits(6)],
  DZ: ['213', (chance) => '0' + chance.pick(['55', '66', '77']) + chance.whole(1, 7) + chance.digits(6)],
  TN: ['216', (chance) => chance.pick(['20', '22', '25', '50', '98']) + chance.digits(6)],
  CM: ['237', (chance) => chance.pick(['67', '69']) + chance.whole(5, 9) + chance.digits(6)],
  BF: ['226', (chance) => chance.pick(['70', '71', '76', '78']) + chance.digits(6)],
  FR: ['33', (chance) => '06' + chance.whole(10, 89) + chance.digits(6)],
}

/** @returns {string} a mobile number, mostly as people of the country write it, else with its code */
export function phoneOf(country, chance) {
  const [code, make] = PHONES[country || 'SN']
  const local = make(chance)
  const trunk = ['MA', 'DZ', 'FR'].includes(country) ? 1 : 0
  if (country === '' || chance.chance(0.25)) return `+${code} ${local.slice(trunk)}`
  return chance.chance(0.5) ? inPairs(local) : local
}

function inPairs(digits) {
  return digits.length % 2 ? digits : digits.match(/../g).join(' ')
}
