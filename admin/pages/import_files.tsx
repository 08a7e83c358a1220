import * as React from 'react'
import { useState } from 'react'
import { MessageBox } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'
import { discard, ImportRefused, PAGE, sendFile, type SentFile } from './import_calls.js'

interface Props {
  /** Bytes. */
  limit: number
  upload: string | null
  files: SentFile[]
  /** The mapping's. */
  entries: string[]
  entryOf(file: SentFile): string
  onUpload(upload: string): void
  onFiles(change: (files: SentFile[]) => SentFile[]): void
  onEntry(file: string, entry: string): void
}

interface Sending {
  file: string
  percent: number
}

/** Files are sent one after the other; of each it is said which of the mapping's it is. */
export function ImportFiles({ limit, upload, files, entries, entryOf, onUpload, onFiles, onEntry }: Props) {
  const { translateComponent } = useTranslation()
  const say = (key: string, values?: Record<string, string>) => translateComponent(key, PAGE, values)
  const [sending, setSending] = useState<Sending | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const told = (error: unknown) => setProblem(error instanceof ImportRefused ? error.message : say('cut_off'))

  const send = async (chosen: File[]) => {
    setProblem(null)
    let into = upload
    try {
      for (const file of chosen) {
        setSending({ file: file.name, percent: 0 })
        const progress = (bytes: number) =>
          setSending({ file: file.name, percent: Math.floor((100 * bytes) / file.size) })
        const sent = await sendFile(file, into, progress)
        into = sent.upload
        onUpload(into)
        onFiles((before) => [...before, sent.file])
      }
    } catch (error) {
      told(error)
    } finally {
      setSending(null)
    }
  }
  const remove = async ({ id }: SentFile) => {
    try {
      await discard(upload!, id)
      onFiles((before) => before.filter((one) => one.id !== id))
    } catch (error) {
      told(error)
    }
  }
  const absent = entries.filter((entry) => !files.some((file) => entryOf(file) === entry))
  return (
    <section className="mi-card" aria-labelledby="files-title">
      <h2 id="files-title" style={{ fontSize: 20, lineHeight: '32px' }}>
        {say('files_title')}
      </h2>
      <p>{say('files_why', { limit: Math.floor(limit / 1024 / 1024).toLocaleString(language()) })}</p>
      <label className={`mi-button mi-file ${sending ? '' : 'mi-primary'}`} style={{ margin: '8px 0' }}>
        {say('choose')}
        <input
          type="file"
          multiple
          accept=".csv,.tsv,.txt"
          disabled={sending !== null}
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])]
            event.target.value = ''
            void send(chosen)
          }}
        />
      </label>
      <div role="status">
        {sending && <p>{say('sending', { file: sending.file, percent: String(sending.percent) })}</p>}
        {problem && <MessageBox variant="danger" message={problem} my="default" />}
      </div>
      {files.length === 0 ? <p>{say('no_files')}</p> : <SentFiles {...{ files, entries, entryOf, onEntry, remove }} />}
      {files.length > 0 && absent.length > 0 && (
        <p style={{ paddingTop: 8 }}>{say('absent', { files: absent.join(', ') })}</p>
      )}
    </section>
  )
}

interface SentProps extends Pick<Props, 'files' | 'entries' | 'entryOf' | 'onEntry'> {
  remove(file: SentFile): Promise<void>
}

function SentFiles({ files, entries, entryOf, onEntry, remove }: SentProps) {
  const { translateComponent } = useTranslation()
  const say = (key: string, values?: Record<string, string>) => translateComponent(key, PAGE, values)
  const kib = (bytes: number) => say('kib', { size: Math.ceil(bytes / 1024).toLocaleString(language()) })
  return (
    <div className="mi-scroll" role="region" aria-label={say('sent_files')} tabIndex={0}>
      <table className="mi-table">
        <thead>
          <tr>
            <th scope="col">{say('file')}</th>
            <th scope="col">{say('size')}</th>
            <th scope="col">{say('entry')}</th>
            <th scope="col">{say('remove')}</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.id}>
              <td>{file.name}</td>
              <td>{file.received === file.bytes ? kib(file.bytes) : say('incomplete')}</td>
              <td>
                <select
                  className="mi-control"
                  aria-label={say('entry_of', { file: file.name })}
                  value={entryOf(file)}
                  onChange={(event) => onEntry(file.id, event.target.value)}
                >
                  <option value="">{say('no_entry')}</option>
                  {entries.map((entry) => (
                    <option key={entry} value={entry}>
                      {entry}
                    </option>
                  ))}
                </select>
              </td>
              <td>
                <button
                  type="button"
                  className="mi-button"
                  aria-label={say('remove_file', { file: file.name })}
                  onClick={() => void remove(file)}
                >
                  {say('remove')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const language = () => document.documentElement.lang || undefined
