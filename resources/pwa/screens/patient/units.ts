const SPELLED: Record<string, string> = {
  'mm[Hg]': 'mmHg',
  'Cel': '°C',
  '[degF]': '°F',
  '[lb_av]': 'lb',
  '[in_i]': 'in',
  'kg/m2': 'kg/m²',
}
const RAISED: Record<string, string> = { '-': '⁻', '+': '⁺' }
for (const [digit, raised] of [...'⁰¹²³⁴⁵⁶⁷⁸⁹'].entries()) RAISED[digit] = raised

/**
 * A unit of UCUM as it is written on a result sheet: '10*9/L' → '10⁹/L', 'ug/L' → 'µg/L', 'm[IU]/L' → 'mIU/L',
 * '{beats}/min' → '/min'. What is not UCUM stays as it is.
 */
export function readableUnit(unit: string | null | undefined): string {
  if (!unit) return ''
  return (
    SPELLED[unit] ??
    unit
      .replaceAll(/\{[^}]*\}/g, '')
      .replaceAll(/10[*^]([+-]?\d+)/g, (_, power: string) => `10${[...power].map((sign) => RAISED[sign]).join('')}`)
      .replaceAll(/[[\]]/g, '')
      .replaceAll(/(^|[/.])u(?=[A-Za-z])/g, '$1µ')
      .replaceAll('.', '·')
  )
}
