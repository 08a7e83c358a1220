import * as React from 'react'
import { useTranslation } from 'adminjs'
import { ImportTable } from './import_table.js'

/** Whose texts name outcomes, kinds of record and checks. */
export const RESOURCE = 'import_runs'

type Counted = Record<string, number>

export interface ImportedReport {
  counts: { outcome: string; count: number }[]
  records: ({ entity: string } & Record<string, string | number>)[]
  checks: { name: string; ok: boolean; detail: string }[]
}

/** Rows by what became of them, records by kind, and what was looked at afterwards. */
export function ImportedRows({ report: { counts, records, checks } }: { report: ImportedReport }) {
  const { translateMessage, translateProperty } = useTranslation()
  const say = (key: string) => translateMessage(key, RESOURCE)
  const outcomeOf = (outcome: string) => translateProperty(`outcome=${outcome}`, RESOURCE)
  const met = counts.map(({ outcome }) => outcome).filter((one) => records.some((record) => Number(record[one])))
  return (
    <>
      <ImportTable
        title={say('rows')}
        columns={[translateProperty('outcome', RESOURCE), say('count')]}
        rows={counts.map(({ outcome, count }) => [outcomeOf(outcome), Number(count)])}
      />
      {records.length > 0 && (
        <ImportTable
          title={say('records')}
          columns={[say('records'), ...met.map(outcomeOf)]}
          rows={records.map(({ entity, ...of }) => [
            translateProperty(`entity=${entity}`, RESOURCE),
            ...met.map((outcome) => Number((of as Counted)[outcome] ?? 0)),
          ])}
        />
      )}
      {checks.length > 0 && (
        <ImportTable
          title={say('checks')}
          columns={[say('check'), say('verdict'), say('result')]}
          rows={checks.map(({ name, ok, detail }) => [
            translateProperty(`check=${name}`, RESOURCE, { defaultValue: name }),
            say(ok ? 'sound' : 'unsound'),
            detail,
          ])}
        />
      )}
    </>
  )
}
