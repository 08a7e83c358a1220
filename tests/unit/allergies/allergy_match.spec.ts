import { test } from '@japa/runner'
import { isWarnedBy, type Substance } from '#app/allergies/allergy_match'

const said = (text: string, code: string | null = null, codeSystem: string | null = null): Substance => ({
  text,
  code,
  codeSystem,
})

type Pair = [allergy: string | Substance, medicine: string | Substance]
const substance = (given: string | Substance) => (typeof given === 'string' ? said(given) : given)
const warns = ([allergy, medicine]: Pair) => isWarnedBy(substance(medicine), substance(allergy))

const WARNED: Record<string, Pair[]> = {
  'of the same substance, whatever else is written': [
    ['Ibuprofène', 'Ibuprofène 400 mg, comprimé'],
    ['Allergy to ibuprofen (rash)', 'Ibuprofen 200 MG Oral Tablet'],
    ['Allergie à l’ibuprofène', 'IBUPROFENE sirop enfant 20 mg/ml'],
    ['Métronidazole : urticaire sévère en 2019', 'metronidazole 500 mg x 3 par jour'],
    ['Lisinopril', 'lisinopril 10 MG Oral Tablet'],
    ['Vitamine B12', 'Vitamin B 12 5 MG/ML Injectable Solution'],
    ['Vancomycine', '150 ML vancomycin 5 MG/ML Injection'],
    ['Chlorure de potassium', 'Chlorure de potassium 600 mg'],
  ],
  'in another spelling, another language, or with a letter wrong': [
    ['Amoxycillin', 'Amoxicilline 1 g'],
    ['Céphalexine', 'Cefalexin 500 mg'],
    ['Érythromycine', 'Erythromycin ethylsuccinate'],
    ['Indomethacin', 'Indométacine 25 mg'],
    ['Acyclovir', 'Aciclovir 200 mg'],
    ['Acide tranexamique', 'Tranexamic acid 500 mg'],
    ['Kaolin', 'Caolin'],
    ['Aether', 'Éther'],
    ['Clorexidine', 'Chlorhexidine 0,5 %'],
    ['Allopurinal', 'Allopurinol 100 mg'],
    ['Carbamazépine', 'Carbamazepine[XR]'],
  ],
  'under another name': [
    ['Paracétamol', 'Acetaminophen 325 MG Oral Tablet'],
    ['Adrenaline', 'Épinéphrine 1 mg/ml'],
    ['Albuterol', 'Salbutamol 100 µg'],
    ['Aspirine', 'Acide acétylsalicylique 100 mg'],
    ['Cotrimoxazole', 'Triméthoprime 300 mg'],
    ['Fer', 'ferrous sulfate 325 MG Oral Tablet'],
  ],
  'of the same class': [
    ['Pénicilline', 'Amoxicilline 500 mg'],
    ['Penicillin V', 'Penicillin V Potassium 250 MG Oral Tablet'],
    ['Allergie aux pénicillines', 'piperacillin 2000 MG / tazobactam 250 MG Injection'],
    ['Amoxicilline', 'Ceftriaxone 1 g IV'],
    ['Bêta-lactamines', 'Aztréonam 1 g'],
    ['Céphalosporines', 'Imipénem/cilastatine'],
    ['Sulfamides', 'Sulfadoxine-pyriméthamine'],
    ['Sulfa drugs', 'Co-trimoxazole 960 mg'],
    ['Ciprofloxacine', 'Levofloxacin 500 mg'],
    ['Fluoroquinolones', 'Ofloxacine 200 mg'],
    ['Tétracyclines', 'Doxycycline 100 mg'],
    ['Azithromycine', 'Érythromycine 500 mg'],
    ['Aminosides', 'Gentamicine 80 mg'],
    ['AINS', 'Diclofénac 50 mg'],
    ['Anti-inflammatoires non stéroïdiens', 'Naproxen sodium 220 MG Oral Tablet'],
    ['NSAIDs', 'Aspirin 81 MG Oral Tablet'],
    ['Aspirine', 'Kétoprofène 100 mg'],
    ['IEC (toux, œdème de Quincke)', 'Énalapril 5 mg'],
    ['Anesthésiques locaux', 'Lidocaïne 1 %'],
    ['Artésunate', 'Artéméther + luméfantrine 20/120'],
    ['Chloroquine', 'Amodiaquine 153 mg'],
    ['Héparine', '0.4 ML Enoxaparin sodium 100 MG/ML Prefilled Syringe'],
    ['Codéine', 'Morphine 10 mg/ml'],
    ['Opioïdes', 'tramadol hydrochloride 50 MG Oral Tablet'],
    ['Produit de contraste iodé', 'Iohexol 300 mg I/ml'],
  ],
  'of an isomer or a derivative': [
    ['Oméprazole', 'Esomeprazole 20 mg'],
    ['Cetirizine', 'Lévocétirizine 5 mg'],
    ['Prednisolone', 'Méthylprednisolone 40 mg'],
  ],
  'of the same code, or of an ATC group and what is in it': [
    [said('x', '7984', 'RxNorm'), said('y', '7984', 'rxnorm')],
    [said('x', '294499007', 'SNOMED-CT'), said('y', '294499007', 'SNOMED CT')],
    [said('x', 'J01C', 'ATC'), said('y', 'J01CA04', 'ATC')],
    [said('x', 'j01ca04', 'WHO ATC'), said('y', 'J01C', 'atc')],
    [said('x', 'A10BA', 'ATC'), said('y', 'A10BA02', 'ATC')],
    [said('x', 'A10BA02', 'ATC'), said('y', 'A10BA', 'ATC')],
    [said('x', 'J01CA04', 'ATC'), said('y', 'J01DC02', 'ATC')],
    [said('x', 'J01CA04', 'ATC'), said('Phénoxyméthylpénicilline')],
    [said('Pénicilline'), said('y', 'J01CA04', 'ATC')],
    [said('x', 'M01AE01', 'ATC'), said('Aspirine 500 mg')],
  ],
}

const SILENT: Record<string, Pair[]> = {
  'of another substance': [
    ['Pénicilline', 'Ibuprofène 400 mg'],
    ['Pénicilline', 'Azithromycine 250 mg'],
    ['Pénicilline', 'Aztréonam 1 g'],
    ['Ibuprofène', 'Paracétamol 500 mg'],
    ['Sulfamides', 'Furosémide 40 mg'],
    ['Sulfadiazine', 'ferrous sulfate 325 MG Oral Tablet'],
    ['Sulfamides', 'Atropine Sulfate 1 MG/ML Injectable Solution'],
    ['Codéine', 'Fentanyl 50 µg'],
    ['Chloroquine', 'Quinine sulfate 300 mg'],
    ['Vitamine K', 'Vitamine B12 1 mg'],
    ['Prednisone', 'Primaquine 15 mg'],
    ['Lait de vache', 'Amoxicilline 500 mg'],
  ],
  'about words that name no substance': [
    ['Urticaire après les repas', 'Cétirizine 10 mg, si urticaire, après les repas'],
    ['Allergie au comprimé oral', 'Ibuprofen 200 MG Oral Tablet'],
    ['Naproxène sodique', 'Enoxaparin sodium 40 mg'.replace('Enoxaparin', 'Valproate')],
    ['Losartan potassium', 'Chlorure de potassium 600 mg'],
    ['Chlorure de potassium', 'losartan potassium 50 MG Oral Tablet'],
    ['Vaccin antigrippal', 'Vaccin antitétanique'],
    ['Pénicilline', 'Paracétamol 1 g en cas de céphalées'],
    ['IEC', 'Paracétamol from April to May'],
    ['Artésunate', 'Amlodipine 5 mg (hypertension artérielle)'],
    ['Aucune allergie connue', 'Amoxicilline 500 mg'],
    ['No known drug allergies', 'Etonogestrel 68 MG Drug Implant'],
    ['', ''],
    ['500 mg', '500 mg'],
  ],
  'of codes of other systems, or of none': [
    [said('x', '7984', 'RxNorm'), said('y', '7984', 'SNOMED CT')],
    [said('x', 'J01C', 'local'), said('y', 'J01CA04', 'local')],
    [said('x', 'J01CA04', 'ATC'), said('y', 'J02AC01', 'ATC')],
    [said('x', 'J01FA10', 'ATC'), said('y', 'J01C', 'ATC')],
    [said('x', null, 'ATC'), said('y', null, 'ATC')],
    [said('x', '', 'ATC'), said('y', '', 'ATC')],
  ],
}

test.group('An allergy warns', () => {
  for (const [title, pairs] of Object.entries(WARNED))
    test(title, ({ assert }) => {
      const missed = pairs.filter((pair) => !warns(pair))
      assert.deepEqual(missed, [])
    })
})

test.group('An allergy is silent', () => {
  for (const [title, pairs] of Object.entries(SILENT))
    test(title, ({ assert }) => {
      const alarms = pairs.filter(warns)
      assert.deepEqual(alarms, [])
    })
})
