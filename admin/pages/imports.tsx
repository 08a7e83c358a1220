import * as React from 'react'
import { useEffect, useState } from 'react'
import { Box, MessageBox, Text } from '@adminjs/design-system'
import { ApiClient, useTranslation } from 'adminjs'
import { PAGE, type SentFile } from './import_calls.js'
import { ImportFiles } from './import_files.js'
import { ImportMapping, type ChosenMapping } from './import_mapping.js'
import { ImportRun } from './import_run.js'
import { PageTitle } from './page_title.js'

interface Desk {
  limit: number
  mappings: { name: string; text: string; files: string[] }[]
  uploads: { id: string; files: SentFile[]; job: { id: string; state: string } | null }[]
}

/** Files of another system are sent, tried and imported. */
export function Imports() {
  const { translateComponent } = useTranslation()
  const [desk, setDesk] = useState<Desk | null>(null)
  const [isUnread, setUnread] = useState(false)
  useEffect(() => {
    new ApiClient().getPage<Desk>({ pageName: PAGE }).then(
      ({ data }) => setDesk(data),
      () => setUnread(true)
    )
  }, [])
  return (
    <Box variant="grey">
      <PageTitle text={translateComponent('title', PAGE)} />
      <Text mb="lg">{translateComponent('intro', PAGE)}</Text>
      {isUnread && <MessageBox variant="danger" message={translateComponent('unread', PAGE)} />}
      {desk && <Bench desk={desk} />}
    </Box>
  )
}

function Bench({ desk: { limit, mappings, uploads } }: { desk: Desk }) {
  const isOpen = ({ job }: Desk['uploads'][number]) => job !== null && ['waiting', 'running'].includes(job.state)
  const begun = uploads.find((one) => !isOpen(one))
  const [chosen, setChosen] = useState<ChosenMapping>({ ...mappings.at(-1)!, isChecked: true })
  const [upload, setUpload] = useState<string | null>(begun?.id ?? null)
  const [files, setFiles] = useState<SentFile[]>(begun?.files ?? [])
  const [entries, setEntries] = useState<Record<string, string>>({})
  const entryOf = ({ id, name }: SentFile) => entries[id] ?? likeliest(name, chosen.files)
  const named = files.filter((file) => file.received === file.bytes && entryOf(file))
  return (
    <>
      <ImportMapping shipped={mappings} chosen={chosen} onChoose={setChosen} />
      <ImportFiles
        {...{ limit, upload, files, entryOf }}
        entries={chosen.files}
        onUpload={setUpload}
        onFiles={setFiles}
        onEntry={(id, entry) => setEntries((before) => ({ ...before, [id]: entry }))}
      />
      <ImportRun
        choice={
          upload && named.length && chosen.isChecked
            ? {
                ...{ upload, mapping: chosen.name },
                ...(isEdited(chosen, mappings) ? { text: chosen.text } : {}),
                files: named.map((file) => ({ file: file.id, entry: entryOf(file) })),
              }
            : null
        }
        begun={uploads.find(isOpen)?.job?.id ?? null}
        onImported={() => {
          setUpload(null)
          setFiles([])
        }}
      />
    </>
  )
}

const isEdited = ({ name, text }: ChosenMapping, mappings: Desk['mappings']) =>
  mappings.find((one) => one.name === name)?.text !== text

/** The mapping's file that bears this name, also where a browser or a person has added to it: `visites (1).csv`. */
function likeliest(name: string, entries: string[]): string {
  const plain = (text: string) =>
    text
      .split('/')
      .at(-1)!
      .toLowerCase()
      .replace(/\.\w+$/, '')
  const own = plain(name)
  return entries.find((entry) => plain(entry) === own) ?? entries.find((entry) => own.startsWith(plain(entry))) ?? ''
}
