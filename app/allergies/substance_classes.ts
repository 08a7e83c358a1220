import { spellWord } from '#app/allergies/spell_substance'

/**
 * Substances to which somebody who reacts to one is held likely to react to another. A substance is in a class by a stem
 * of its international name, by its own name where the class has no stem, or by the ATC group of its code; the class's own
 * names stand for all that is in it. Stems are written in the spelling of `spellWord`.
 *
 * @see The use of stems in the selection of International Nonproprietary Names, WHO, 2018 (WHO/EMP/RHT/TSN/2018.1): -cillin,
 *   cef-, -penem, sulfa-, -oxacin, -cycline, -profen, -coxib, -oxicam, -fenac, -metacin, -pril, -sartan, -vastatin, -caine,
 *   -nidazole, -conazole, arte-, -quine, -parin, io-, gado-
 * @see ATC/DDD Index, WHO Collaborating Centre for Drug Statistics Methodology: groups, and members without a stem
 */
interface SubstanceClass {
  stem?: RegExp
  words: string
  atc: string[]
}

const CLASSES: SubstanceClass[] = [
  {
    // Penicillins, cephalosporins and carbapenems are one: the ring is the same, and reactions across are rare but severe.
    stem: /cilin$|^cef|penem$/,
    words: 'betalactam betalactamine betalactamines penicillinique penicillinic',
    atc: ['J01C', 'J01DB', 'J01DC', 'J01DD', 'J01DE', 'J01DH', 'J01DI'],
  },
  { words: 'betalactam betalactamine monobactam aztreonam', atc: ['J01DF'] },
  {
    stem: /^sulfa/,
    words: 'sulfonamide sulfamide sulfamides sulfa cotrimoxazole',
    atc: ['J01EB', 'J01EC', 'J01ED', 'J01EE'],
  },
  { stem: /oxacin$/, words: 'quinolone fluoroquinolone nalidixique', atc: ['J01M'] },
  { stem: /ciclin$/, words: 'cycline tetracycline', atc: ['J01AA'] },
  {
    words: 'macrolide erythromycine azithromycine clarithromycine roxithromycine spiramycine josamycine telithromycine',
    atc: ['J01FA'],
  },
  {
    words:
      'aminoside aminoglycoside gentamicine streptomycine kanamycine tobramycine amikacine neomycine netilmicine framycetine',
    atc: ['J01G'],
  },
  {
    stem: /profen$|coxib$|oxicam$|fenac$|metacin$/,
    words: `ains nsaid aspirine acetylsalicylique acetylsalicylate salicylate salicyle salicylique naproxene ketorolac
      etodolac sulindac nabumetone nimesulide phenylbutazone mefenamique niflumique tiaprofenique`,
    atc: ['M01A', 'M02AA', 'N02BA', 'B01AC06'],
  },
  { stem: /[a-z]pril(at)?$/, words: 'iec', atc: ['C09A', 'C09B'] },
  { stem: /sartan$/, words: 'sartan', atc: ['C09C', 'C09D'] },
  { stem: /vastatin$/, words: 'statine', atc: ['C10AA'] },
  { stem: /cain$/, words: 'caine', atc: ['N01B'] },
  { stem: /nidazol$/, words: 'nitroimidazole imidazole', atc: ['P01AB', 'J01XD'] },
  { stem: /conazol$/, words: 'azole', atc: ['J02AB', 'J02AC', 'D01AC'] },
  { stem: /arte[ms]/, words: '', atc: ['P01BE', 'P01BF'] },
  { stem: /quin$/, words: 'quinoleine quinoline', atc: ['P01BA'] },
  { stem: /parin$/, words: 'hbpm', atc: ['B01AB'] },
  {
    words: `opiace opiate opioide opioid morphinique morphine codeine dihydrocodeine oxycodone hydrocodone hydromorphone
      pholcodine opium`,
    atc: ['N02AA', 'N02AJ', 'R05DA'],
  },
  {
    words: 'opiace opiate opioide opioid morphinique tramadol fentanyl pethidine methadone buprenorphine tapentadol',
    atc: ['N02AB', 'N02AC', 'N02AE', 'N02AJ', 'N02AX'],
  },
  { stem: /^io[a-z]{4,}|^gado/, words: 'iode iodee iodine iodinated iodure contraste contrast', atc: ['V08'] },
]

const WORDS = CLASSES.map(({ words }) => new Set(words.split(/\s+/).filter(Boolean).map(spellWord)))

/** The classes, by their numbers, to which any of these words belongs, or whose name it is. */
export function classesOfWords(words: string[]): number[] {
  return classesWhere(({ stem }, number) => words.some((word) => stem?.test(word) || WORDS[number]!.has(word)))
}

/** The classes of a substance with this ATC code. */
export function classesOfAtc(code: string): number[] {
  return classesWhere(({ atc }) => atc.some((group) => code.startsWith(group)))
}

function classesWhere(holds: (each: SubstanceClass, number: number) => boolean): number[] {
  return CLASSES.flatMap((each, number) => (holds(each, number) ? [number] : []))
}
