import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { Page } from '#pwa/design/page'
import { Spinner } from '#pwa/design/spinner'
import { Banner, EmptyState } from '#pwa/design/surfaces'
import { openOwnChart } from '#pwa/screens/own_chart/own_chart'
import { OwnChart } from '#pwa/screens/own_chart/own_chart_view'
import { ownAccount } from '#pwa/session/session'
import { t } from '#pwa/texts/t'
import '#pwa/screens/own_chart/own_chart.css'

/** A patient's own chart, read online: nothing of it is kept on the device. */
export default function OwnChartScreen() {
  const id = ownAccount.value?.patient_id ?? null
  return (
    <Page title={t('own_chart.title')}>
      {id ? (
        <Opened key={id} id={id} />
      ) : (
        <EmptyState icon="link" title={t('own_chart.not_linked.title')}>
          <p>{t('own_chart.not_linked.text')}</p>
          <Button href="/app/me/chart">{t('own_chart.link')}</Button>
        </EmptyState>
      )}
    </Page>
  )
}

function Opened({ id }: { id: string }) {
  const answer = useSignal<Awaited<ReturnType<typeof openOwnChart>> | null>(null)
  const look = async () => {
    answer.value = null
    answer.value = await openOwnChart(id)
  }
  useEffect(() => void look(), [id])
  if (!answer.value) return <Spinner label={t('own_chart.loading')} />
  const { data, problem } = answer.value
  if (data) return <OwnChart {...data} />
  const retry = <Button onClick={() => void look()}>{t('own_chart.retry')}</Button>
  if (problem.code !== 'unreachable')
    return (
      <Banner tone="warning" action={retry}>
        {problem.title}
      </Banner>
    )
  return (
    <EmptyState icon="cloud_off" title={t('own_chart.needs_network.title')}>
      <p>{t('own_chart.needs_network.text')}</p>
      {retry}
    </EmptyState>
  )
}
