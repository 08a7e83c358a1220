import { importConsultations } from '#app/consultations/import_consultations'
import { importPrescriptions } from '#app/prescriptions/import_prescriptions'
import type { EntityImporter } from '#app/imports/entity_importer'
import type { EntityName } from '#app/mappings/mapping'
import { importLabResults } from '#app/labs/import_lab_results'
import { importAssignments } from '#app/doctors/import_assignments'
import { importPatients } from '#app/patients/import_patients'
import { importMedicalRecords } from '#app/records/import_medical_records'
import { importUsers } from '#app/users/import_users'

/** In the order in which they are written: what is referred to comes first. */
export const IMPORTERS: readonly EntityImporter[] = [
  importUsers,
  importPatients,
  importAssignments,
  importConsultations,
  importPrescriptions,
  importMedicalRecords,
  importLabResults,
]

const byName = new Map(IMPORTERS.map((importer) => [importer.entity, importer]))

export function importerOf(entity: EntityName): EntityImporter {
  return byName.get(entity)!
}
