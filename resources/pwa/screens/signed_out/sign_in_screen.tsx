import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Enrolment } from '#pwa/screens/signed_out/enrolment'
import { PasswordSignIn } from '#pwa/screens/signed_out/password_sign_in'
import { SecondFactor } from '#pwa/screens/signed_out/second_factor'
import { session } from '#pwa/session/session'

/** From nobody to a complete session, step by step; wherever it is shown, the door opens when it is done. */
export default function SignInScreen() {
  const { path, query, route } = useLocation()
  const state = session.value?.state
  useEffect(() => {
    if (state === 'complete' && path === '/app/sign-in') goTo(query.next, route)
  }, [state, path])
  if (state === 'second_factor') return <SecondFactor />
  if (state === 'enrolment') return <Enrolment />
  return <PasswordSignIn />
}

/** Nobody is led away from here by a link to the sign-in: to a screen of the app, or to the back office beside it. */
function goTo(next: string | undefined, route: (path: string, replace: boolean) => void) {
  if (next && /^\/admin(\/[\w/.-]*)?$/.test(next)) location.replace(next)
  else route(next && /^\/app\/(?!sign-in)[\w/-]*$/.test(next) ? next : '/app/', true)
}
