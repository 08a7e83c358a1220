/** What this process counted since its start. Without prom-client, which a command does not load. */
export const tally = {
  fieldsUnreadable: 0,
  /** Inserts that wrote the audit of several reads together, and how many reads. */
  auditGroups: 0,
  auditGrouped: 0,
}
