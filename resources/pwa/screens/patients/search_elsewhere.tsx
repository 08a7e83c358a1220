import { useEffect, useState } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { List, ListItem } from '#pwa/design/list'
import { Banner, Card } from '#pwa/design/surfaces'
import { patients } from '#pwa/device/held'
import type { ProblemBody } from '#app/sync/protocol'
import { searchEverywhere } from '#pwa/screens/patients/found_elsewhere'
import { nameOf, WhoLine, type Who } from '#pwa/screens/patients/who'
import { can } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'

interface Result {
  text: string
  who: Who[]
  next: string | null
}

/** Beyond the device: name, date of birth, sex and number of anybody at all; what one may do next depends on the role. */
export function SearchElsewhere({ text }: { text: string }) {
  const [result, setResult] = useState<Result | null>(null)
  const [problem, setProblem] = useState<ProblemBody | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  useEffect(() => {
    setResult(null)
    setProblem(null)
  }, [text])
  const search = async () => {
    setIsBusy(true)
    const { data, problem: refusal } = await searchEverywhere(text, result?.next ?? undefined)
    setIsBusy(false)
    setProblem(refusal ?? null)
    if (data) setResult({ text, who: [...(result?.who ?? []), ...data.rows], next: data.next })
  }
  const shown = result?.text === text ? result : null
  return (
    <Card title={t('patients.elsewhere.title')}>
      {isOnline.value ? (
        <p class="quiet small">{t('patients.elsewhere.detail')}</p>
      ) : (
        <p class="quiet small">{t('patients.elsewhere.offline')}</p>
      )}
      {problem && (
        <Banner tone="danger">
          <p>{problem.errors?.[0]?.detail ?? problem.detail ?? problem.title}</p>
        </Banner>
      )}
      <div aria-live="polite">{shown && <Strangers found={shown.who} />}</div>
      {isOnline.value && (!shown || shown.next) && (
        <Button kind="quiet" icon="search" busy={isBusy} onClick={() => void search()}>
          {shown ? t('patients.more') : t('patients.elsewhere.search', { text })}
        </Button>
      )}
    </Card>
  )
}

function Strangers({ found }: { found: Who[] }) {
  if (!found.length) return <p>{t('patients.elsewhere.nobody')}</p>
  const held = new Set(patients.value.map(({ id }) => id))
  return (
    <List label={t('patients.elsewhere.title')}>
      {found.map((who) => {
        const way = wayTo(who, held.has(who.id))
        return (
          <ListItem
            key={who.id}
            href={way?.href}
            title={nameOf(who)}
            detail={
              <>
                <WhoLine who={who} />
                {way && <span class="patients-way">{t(`patients.elsewhere.${way.name}`)}</span>}
              </>
            }
          />
        )
      })}
    </List>
  )
}

/** What somebody may do with a patient whom they found: open, enter a result, break the glass; else nothing. */
function wayTo({ id }: Who, isHeld: boolean) {
  if (isHeld || can('patients.view_any')) return { name: 'open', href: `/app/patients/${id}` }
  if (can('lab_results.enter')) return { name: 'enter_result', href: `/app/patients/${id}/labs/new` }
  if (can('charts.break_glass')) return { name: 'emergency', href: `/app/patients/${id}/emergency` }
  return null
}
