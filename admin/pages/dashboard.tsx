import * as React from 'react'
import { useEffect, useState } from 'react'
import { ApiClient, useCurrentAdmin, useTranslation } from 'adminjs'
import { ActivityChart, type Activity } from './activity_chart.js'
import { Matters, type Matter } from './matters.js'
import { PageTitle } from './page_title.js'

const PAGE = 'dashboard'

interface Overview {
  matters: Matter[]
  activity: Activity[]
  counted: number
}

/** What somebody who runs the clinic looks for in the morning: first what is wrong, then how much was done. */
export function Dashboard() {
  const { translateMessage } = useTranslation()
  const [admin] = useCurrentAdmin()
  const [overview, setOverview] = useState<Overview | null>(null)
  const [isUnread, setUnread] = useState(false)
  useEffect(() => {
    void new ApiClient()
      .getDashboard<Overview>()
      .then(({ data }) => setOverview(data))
      .catch(() => setUnread(true))
  }, [])
  return (
    <div className="mi-page">
      <PageTitle text={translateMessage('title', PAGE)} />
      <p className="mi-greeting">{translateMessage('greeting', PAGE, { name: admin?.email })}</p>
      <div role="status">
        {isUnread && <p className="mi-card">{translateMessage('unread', PAGE)}</p>}
        {!overview && !isUnread && <p className="mi-card">{translateMessage('preparing', PAGE)}</p>}
      </div>
      {overview && <Matters matters={overview.matters} counted={overview.counted} />}
      {overview && (
        <div className="mi-charts">
          {overview.activity.map((activity) => (
            <ActivityChart key={activity.name} activity={activity} counted={overview.counted} />
          ))}
        </div>
      )}
    </div>
  )
}
