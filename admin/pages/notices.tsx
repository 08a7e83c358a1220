import * as React from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'adminjs'

declare global {
  /** AdminJS' own bundle leaves it in the page. */
  var ReactRedux: {
    useSelector<Chosen>(choose: (state: { notices: Notice[] }) => Chosen): Chosen
    useDispatch(): (event: object) => void
  }
}

interface Notice {
  id: string
  message: string
  type: 'success' | 'error' | 'info'
  resourceId?: string
  options?: object
}

/** What has just happened, said aloud too. Good news goes by itself; the rest stays until it is closed. */
export function Notices() {
  const notices = ReactRedux.useSelector((state) => state.notices)
  const dispatch = ReactRedux.useDispatch()
  return (
    <div className="mi-notices" aria-live="polite">
      {notices.map((notice) => (
        <Told
          key={notice.id}
          notice={notice}
          onClose={() => dispatch({ type: 'DROP_NOTICE', data: { noticeId: notice.id } })}
        />
      ))}
    </div>
  )
}

const READING_TIME = 8000

function Told({ notice, onClose }: { notice: Notice; onClose(): void }) {
  const { translateMessage, translateButton } = useTranslation()
  const isError = notice.type === 'error'
  useEffect(() => {
    if (isError) return
    const timer = setTimeout(onClose, READING_TIME)
    return () => clearTimeout(timer)
  }, [notice.id])
  return (
    <div className={`mi-notice ${isError ? 'mi-error' : ''}`}>
      <span className="mi-text">{translateMessage(notice.message, notice.resourceId, notice.options)}</span>
      <button type="button" className="mi-button" onClick={onClose}>
        {translateButton('close')}
      </button>
    </div>
  )
}
