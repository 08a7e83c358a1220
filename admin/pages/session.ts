const TOKEN = 'XSRF-TOKEN'

/** What each write shows, so that no other site's page can make it. */
function csrfToken(): string {
  const [, value = ''] = document.cookie.match(new RegExp(`(?:^|; )${TOKEN}=([^;]*)`)) ?? []
  return decodeURIComponent(value)
}

/** Proves to the API who one is. Answers null, or why not; the session has another token afterwards. */
export async function confirmByCode(code: string): Promise<string | null> {
  const answer = await fetch('/api/v1/session/confirmation', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-CSRF-Token': csrfToken(),
      'Accept-Language': document.documentElement.lang,
    },
    body: JSON.stringify({ code: code.trim() }),
  })
  const body = (await answer.json()) as { data?: { csrf_token?: string }; detail?: string; title?: string }
  if (!answer.ok) return body.detail ?? body.title ?? answer.statusText
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${TOKEN}=${body.data!.csrf_token}; Path=/admin; SameSite=Strict${secure}`
  return null
}
