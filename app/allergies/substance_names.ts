import { spellWord } from '#app/allergies/spell_substance'

/** Names that mean the same to a pharmacist, or a fixed combination and what is in it: INN first, then national names. */
const SAME: string[][] = [
  ['paracetamol', 'acetaminophen'],
  ['salbutamol', 'albuterol'],
  ['epinephrine', 'adrenaline'],
  ['norepinephrine', 'noradrenaline', 'levarterenol'],
  ['isoprenaline', 'isoproterenol'],
  ['pethidine', 'meperidine'],
  ['furosemide', 'frusemide'],
  ['lidocaine', 'lignocaine'],
  ['rifampicine', 'rifampin'],
  ['glibenclamide', 'glyburide'],
  ['metamizole', 'dipyrone', 'noramidopyrine'],
  ['phenobarbital', 'phenobarbitone'],
  ['nitroglycerine', 'trinitrine', 'trinitrate'],
  ['thiamazole', 'methimazole'],
  ['chlorphenamine', 'chlorpheniramine'],
  ['ergometrine', 'ergonovine'],
  ['hydroxycarbamide', 'hydroxyurea'],
  ['mesalazine', 'mesalamine'],
  ['suxamethonium', 'succinylcholine'],
  ['aspirine', 'acetylsalicylique', 'acetylsalicylate', 'aas', 'asa'],
  ['clavulanique', 'clavulanate'],
  ['fer', 'iron', 'ferreux', 'ferrous', 'ferrique', 'ferric'],
  ['arachide', 'arachis', 'peanut', 'cacahuete'],
  ['soja', 'soya', 'soy'],
  ['oeuf', 'oeufs', 'egg', 'eggs', 'ovalbumine'],
]

const COMBINED: Record<string, string[]> = {
  cotrimoxazole: ['sulfamethoxazole', 'trimethoprim', 'trimethoprime'],
}

const STANDS_FOR = new Map<string, string[]>()
for (const [first, ...others] of SAME) for (const other of others) STANDS_FOR.set(spellWord(other), [spellWord(first!)])
for (const [name, parts] of Object.entries(COMBINED)) STANDS_FOR.set(spellWord(name), parts.map(spellWord))

/** These words and those that they stand for. */
export function withOtherNames(words: string[]): string[] {
  return [...new Set(words.flatMap((word) => [word, ...(STANDS_FOR.get(word) ?? [])]))]
}
