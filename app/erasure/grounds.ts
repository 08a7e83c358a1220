/** Why somebody is erased. Stored: add, never rename. */
export const GROUNDS = ['person_asked', 'consent_withdrawn', 'unlawful', 'legal_duty', 'retention_over'] as const
