/**
 * Spellings of one name that no rule of sound brings together without bringing strangers along; folded form → the form
 * whose sound both get. Only for names whose bearers are found under either spelling.
 */
export const NAME_VARIANTS: ReadonlyMap<string, string> = new Map([
  ...spelled('al', 'el'),
  ...spelled('ben', 'bin', 'ibn'),
  ...spelled('fatima', 'fatma', 'fatimah'),
  ...spelled('fatoumata', 'fatimata', 'fatouma'),
  ...spelled('hadj', 'hadji', 'haj', 'haji', 'hajj', 'adji'),
  ...spelled('elhadj', 'elhadji', 'elhaj', 'elhaji', 'alhadj', 'alhadji', 'alhaj', 'alhaji', 'aladji', 'aladje'),
  ...spelled('khaled', 'khalid', 'kalid'),
  ...spelled('mamadou', 'momodou', 'momodu', 'mohamadou', 'mouhamadou', 'mahamadou', 'muhamadu'),
  ...spelled('mariam', 'myriam', 'miriam', 'meryem', 'miryam'),
  ...spelled('mohamed', 'mahamed', 'mahamat', 'mouhamet', 'mehmed', 'mhamed'),
  ...spelled('ndiaye', 'njie', 'njai', 'njaay'),
  ...spelled('mbaye', 'mbye'),
  ...spelled('othman', 'otman', 'ousmane', 'osmane', 'usman', 'osman', 'outhmane', 'uthman'),
  ...spelled('saleh', 'salah'),
  ...spelled('souleymane', 'slimane', 'sliman', 'slimen'),
  ...spelled('tarek', 'tarik', 'tariq'),
  ...spelled('toure', 'touray', 'turay', 'tourey'),
  ...spelled('zahra', 'zohra'),
])

function spelled(form: string, ...others: string[]): [string, string][] {
  return others.map((other) => [other, form])
}
