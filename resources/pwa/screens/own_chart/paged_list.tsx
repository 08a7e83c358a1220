import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ProblemBody } from '#app/sync/protocol'
import { Button } from '#pwa/design/button'
import type { IconName } from '#pwa/design/icon'
import { List } from '#pwa/design/list'
import { Spinner } from '#pwa/design/spinner'
import { Banner, EmptyState } from '#pwa/design/surfaces'
import type { PageOf } from '#pwa/screens/own_chart/own_chart'
import { t } from '#pwa/texts/t'

interface PagedListProps<Row> {
  pageOf: PageOf<Row>
  empty: { icon: IconName; title: string }
  line: (row: Row, index: number) => ComponentChildren
}

/** A list of the API, a page at a time as somebody asks for more. */
export function PagedList<Row>({ pageOf, empty, line }: PagedListProps<Row>) {
  const rows = useSignal<Row[]>([])
  const next = useSignal<string | null | undefined>(undefined)
  const problem = useSignal<ProblemBody | null>(null)
  const isAsking = useSignal(false)
  const ask = async (cursor?: string) => {
    isAsking.value = true
    const answer = await pageOf(cursor)
    isAsking.value = false
    problem.value = answer.problem ?? null
    if (!answer.data) return
    rows.value = [...rows.value, ...answer.data.rows]
    next.value = answer.data.next
  }
  useEffect(() => void ask(), [])
  const retry = (
    <Button kind="quiet" onClick={() => void ask(next.value ?? undefined)}>
      {t('own_chart.retry')}
    </Button>
  )
  if (problem.value && !rows.value.length)
    return (
      <Banner tone="warning" action={retry}>
        {problem.value.title}
      </Banner>
    )
  if (next.value === undefined) return <Spinner label={t('own_chart.loading')} />
  if (!rows.value.length) return <EmptyState {...empty} />
  return (
    <div class="stack">
      <List>{rows.value.map(line)}</List>
      {next.value && (
        <Button kind="quiet" busy={isAsking.value} onClick={() => void ask(next.value!)}>
          {t('own_chart.more')}
        </Button>
      )}
    </div>
  )
}
