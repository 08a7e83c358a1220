import { spellWord } from '#app/allergies/spell_substance'

/*
 * Words that say nothing about which substance is meant, so that two texts may share them without a conflict. In French
 * and English, without accents; a new one belongs here when it makes a false alarm.
 */

const spelled = (words: string) => new Set(words.trim().split(/\s+/).map(spellWord))

export const PLAIN_WORDS = spelled(`
  allergie allergies allergique allergy allergic allergen allergene hypersensibilite hypersensitivity intolerance
  sensibilite sensitivity adverse effet effect reaction react secondaire severe grave mild moderate legere modere connu
  connue known aucun aucune suspected suspicion possible probable confirme confirmed histoire history antecedent
  substance substances organism disorder finding product produit produits food aliment
  medicament medicaments medicine medicines medication drug drugs treatment traitement remede therapie therapy
  antibiotique antibiotiques antibiotic antibiotics vaccin vaccine vaccination generic generique acide acid derive
  derives derivative derivatives class classe classes groupe group famille family type autre autres other others
  urticaire urticaria rash eruption oedeme edema swelling gonflement angioedeme angioedema quincke choc shock
  anaphylaxie anaphylaxis anaphylactic anaphylactique asthme asthma bronchospasme bronchospasm toux cough fievre fever
  douleur douleurs pain prurit pruritus itch itching demangeaison nausee nausees nausea vomissement vomissements vomiting
  dermatite dermatitis eczema eczematous rhinite rhinitis conjonctivite conjunctivitis diarrhee diarrhea diarrhoea
  dyspnee dyspnea cephalee cephalees headache vertige vertiges dizziness skin peau cutane cutanee infection
  comprime comprimes tablet tablets gelule gelules capsule capsules sirop syrup solution suspension injection injectable
  injections ampoule ampoules vial flacon bottle sachet sachets poudre powder creme cream pommade ointment gel lotion
  collyre gouttes goutte drops suppositoire suppositoires suppository spray aerosol inhaler inhalation inhalateur
  nebuliseur patch dispositif implant system systeme pack plaquette seringue syringe perfusion infusion stylo pen
  prefilled preremplie chewable croquer dispersible effervescent effervescente enrobe coated film release liberation
  prolongee extended immediate delayed metered dose doses dry abuse deterrent auto injector mucosal actuat
  oral orale orally orale topical topique locale local rectal rectale vaginal nasal nasale ophtalmique ophthalmic
  intraveineux intraveineuse intravenous intramusculaire intramuscular cutanee sous subcutaneous transdermal
  transdermique intrauterine voie route bouche mouth
  jour jours day days semaine semaines week weeks mois month months heure heures hour hours matin midi soir nuit morning
  noon evening night fois once twice daily prise prises avant apres after before pendant during
  repas meal meals enfant enfants child children adulte adult nourrisson infant bebe baby depuis since
  janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april may
  june july august september october november december annee annees year years ans
  les des une aux pour avec sans dans par sur est pas non qui que plus chez lors suite cas si besoin the and for with
  without from not was has her his this that all any due per into
  microgramme microgrammes microgram micrograms milligramme milligrammes milligram milligrams gramme grammes gram grams
  unite unites unit units unt mmol meq mcg iu
`)

/** What a substance is bound to: the same sodium is in many, and is meant only where nothing else is named. */
export const SALTS = spelled(`
  sodium sodique potassium potassique calcium calcique magnesium disodique monosodique
  chlorhydrate hydrochloride dichlorhydrate dihydrochloride chlorure chloride bromhydrate hydrobromide bromure bromide
  sulfate sulphate bisulfate hydrogenosulfate phosphate diphosphate acetate maleate hydrogenomaleate fumarate tartrate
  bitartrate citrate succinate mesylate mesilate besylate besilate tosylate gluconate lactate nitrate carbonate
  bicarbonate valerate propionate dipropionate furoate stearate palmitate benzoate trihydrate trihydrat monohydrate
  dihydrate hemihydrate anhydre anhydrous base hydrate hydrocholoride lysine arginine erbumine tert butylamine
`)
