// National ids and phones of the shape that each country uses (docs/national_ids.md), with random digits.

/**
 * No two patients of a seed share an id, or a bench of a million would merge strangers.
 *
 * @param {number} index the patient's number, below nine million
 * @returns {string} an id of the country's shape for someone of this sex (M or F) born on this day
 */
export function nationalId(index, chance, { country, sex, born }) {
  const first = sex === 'M' ? '1' : '2'
  const year = String(born.getUTCFullYear())
  const seven = String(scatter(index, 10_000_000)).padStart(7, '0')
  const make = {
    'SN': () => first + chance.whole(1, 9) + seven.slice(0, 2) + year + seven.slice(2),
    'MA': () => moroccanId(scatter(index, 9_000_000)),
    'CI': () => '1' + chance.digits(3) + seven,
    'ML': () => '1' + first + year.slice(2) + chance.digits(3) + seven + chance.pick('ABCDEFGHJKLMNPRTVWXYZ'),
    'DZ': () => '1' + first + year.slice(1) + chance.digits(6) + seven,
    'TN': () => chance.pick('01') + seven,
    'CM': () => '1' + chance.digits(1) + seven,
    'BF': () => 'B' + chance.digits(1) + seven,
    'FR': () => frenchId(first, born, scatter(index, 989_010)),
    '': () => 'PAS-' + seven,
  }
  return make[country]()
}

/** A one-to-one shuffle of the numbers below `size`: the factor shares no divisor with the sizes used here. */
const scatter = (index, size) => (index * 7_654_321 + 1_234_567) % size

function moroccanId(number) {
  const office = ['A', 'BE', 'BK', 'C', 'D', 'EE', 'J', 'K', 'L', 'W'][Math.floor(number / 900_000)]
  return office + (100_000 + (number % 900_000))
}

/** NIR: sex, year, month, place, order, and 97 less the rest of it by 97 (INSEE). */
function frenchId(first, born, number) {
  const two = (value) => String(value).padStart(2, '0')
  const three = (value) => String(value).padStart(3, '0')
  const place = `93${three(1 + Math.floor(number / 999))}`
  const body =
    first + two(born.getUTCFullYear() % 100) + two(born.getUTCMonth() + 1) + place + three(1 + (number % 999))
  return body + two(97 - (Number(body) % 97))
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
