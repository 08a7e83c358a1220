import * as React from 'react'
import { useState } from 'react'
import { MessageBox } from '@adminjs/design-system'
import { useTranslation } from 'adminjs'
import { checkMapping, ImportRefused, PAGE } from './import_calls.js'

interface Shipped {
  name: string
  text: string
  files: string[]
}

export interface ChosenMapping extends Shipped {
  /** The server has read the text as it stands. */
  isChecked: boolean
}

interface Props {
  shipped: Shipped[]
  chosen: ChosenMapping
  onChoose(chosen: ChosenMapping): void
}

/** Which mapping, as it is shipped or as it is edited here. */
export function ImportMapping({ shipped, chosen, onChoose }: Props) {
  const { translateComponent } = useTranslation()
  const say = (key: string, values?: Record<string, string>) => translateComponent(key, PAGE, values)
  const [isOpen, setOpen] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const take = (name: string) => {
    setProblem(null)
    onChoose({ ...shipped.find((one) => one.name === name)!, isChecked: true })
  }
  const check = async () => {
    try {
      const files = await checkMapping(chosen.text)
      setProblem(null)
      onChoose({ ...chosen, files, isChecked: true })
    } catch (error) {
      setProblem(error instanceof ImportRefused ? error.message : say('cut_off'))
    }
  }
  return (
    <section className="mi-card" aria-labelledby="mapping-title">
      <h2 id="mapping-title" style={{ fontSize: 20, lineHeight: '32px' }}>
        {say('mapping_title')}
      </h2>
      <p>{say('mapping_why')}</p>
      <label className="mi-field">
        <span>{say('mapping')}</span>
        <select className="mi-control" value={chosen.name} onChange={(event) => take(event.target.value)}>
          {shipped.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p>{say('mapping_reads', { files: chosen.files.join(', ') })}</p>
      {!isOpen ? (
        <button type="button" className="mi-button" onClick={() => setOpen(true)}>
          {say('edit')}
        </button>
      ) : (
        <>
          <label className="mi-field">
            <span>{say('text')}</span>
            <textarea
              className="mi-control"
              rows={16}
              spellCheck={false}
              style={{ fontFamily: 'monospace', whiteSpace: 'pre', overflowX: 'auto' }}
              value={chosen.text}
              aria-describedby="mapping-text-why mapping-text-told"
              aria-invalid={problem !== null}
              onChange={(event) => onChoose({ ...chosen, text: event.target.value, isChecked: false })}
            />
          </label>
          <p id="mapping-text-why">{say('text_why')}</p>
          <div id="mapping-text-told" role="status">
            {problem ? (
              <MessageBox variant="danger" message={problem} my="default" />
            ) : (
              <p>{say(chosen.isChecked ? 'mapping_sound' : 'mapping_unchecked')}</p>
            )}
          </div>
          <div className="mi-row" style={{ paddingTop: 8 }}>
            <button type="button" className="mi-button" onClick={() => void check()}>
              {say('check')}
            </button>
            <button type="button" className="mi-button" onClick={() => take(chosen.name)}>
              {say('reset')}
            </button>
          </div>
        </>
      )}
    </section>
  )
}
