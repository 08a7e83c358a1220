import { Route } from 'preact-iso'
import { lazyScreen } from '#pwa/screens/lazy_screen'
import type { Door } from '#pwa/session/door'

/* Every screen is a chunk of its own, so that the first one is there soon on a slow line. */

const Today = lazyScreen(() => import('#pwa/screens/today/today_screen'))
const Patients = lazyScreen(() => import('#pwa/screens/patients/patient_list_screen'))
const RegisterPatient = lazyScreen(() => import('#pwa/screens/patients/register_screen'))
const Patient = lazyScreen(() => import('#pwa/screens/patient/patient_screen'))
const CorrectIdentity = lazyScreen(() => import('#pwa/screens/patient/correct_screen'))
const RecordHistory = lazyScreen(() => import('#pwa/screens/patient/history_screen'))
const Outbox = lazyScreen(() => import('#pwa/screens/outbox/outbox_screen'))
const OutboxItem = lazyScreen(() => import('#pwa/screens/outbox/item_screen'))
const Room = lazyScreen(() => import('#pwa/screens/room/room_screen'))
const Revoked = lazyScreen(() => import('#pwa/screens/revoked/revoked_screen'))
const Leaving = lazyScreen(() => import('#pwa/screens/leaving/leaving_screen'))
const Lock = lazyScreen(() => import('#pwa/screens/lock/lock_screen'))
const NotFound = lazyScreen(() => import('#pwa/screens/signed_out/not_found_screen'))

const Account = lazyScreen(() => import('#pwa/screens/account/account_screen'))
const Profile = lazyScreen(() => import('#pwa/screens/account/profile_screen'))
const Security = lazyScreen(() => import('#pwa/screens/account/security_screen'))
const Password = lazyScreen(() => import('#pwa/screens/account/password_screen'))
const Sessions = lazyScreen(() => import('#pwa/screens/account/sessions_screen'))
const Tokens = lazyScreen(() => import('#pwa/screens/account/tokens_screen'))
const Closure = lazyScreen(() => import('#pwa/screens/account/closure_screen'))
const LinkChart = lazyScreen(() => import('#pwa/screens/account/link_chart_screen'))

const accountRoutes = [
  <Route path="/app/me" component={Account} />,
  <Route path="/app/me/profile" component={Profile} />,
  <Route path="/app/me/security" component={Security} />,
  <Route path="/app/me/password" component={Password} />,
  <Route path="/app/me/sessions" component={Sessions} />,
  <Route path="/app/me/tokens" component={Tokens} />,
  <Route path="/app/me/chart" component={LinkChart} />,
  <Route path="/app/me/closure" component={Closure} />,
]

const NewConsultation = lazyScreen(() => import('#pwa/screens/consultation/new_consultation_screen'))
const Consultation = lazyScreen(() => import('#pwa/screens/consultation/consultation_screen'))
const NewPrescription = lazyScreen(() => import('#pwa/screens/prescription/new_prescription_screen'))
const Prescription = lazyScreen(() => import('#pwa/screens/prescription/prescription_screen'))
const Print = lazyScreen(() => import('#pwa/screens/print/print_screen'))
const NewRecord = lazyScreen(() => import('#pwa/screens/record/new_record_screen'))
const MedicalRecord = lazyScreen(() => import('#pwa/screens/record/record_screen'))
const Laboratory = lazyScreen(() => import('#pwa/screens/lab/lab_screen'))
const NewResults = lazyScreen(() => import('#pwa/screens/lab/new_results_screen'))
const LabResult = lazyScreen(() => import('#pwa/screens/lab/result_screen'))
const Emergency = lazyScreen(() => import('#pwa/screens/emergency/emergency_screen'))

/** The first that fits is taken: `new` is no id. */
const clinicalRoutes = [
  <Route path="/app/patients/:id/consultations/new" component={NewConsultation} />,
  <Route path="/app/patients/:id/consultations/:cid" component={Consultation} />,
  <Route path="/app/patients/:id/consultations/:cid/prescriptions/new" component={NewPrescription} />,
  <Route path="/app/patients/:id/consultations/:cid/print" component={Print} />,
  <Route path="/app/patients/:id/prescriptions/:pid" component={Prescription} />,
  <Route path="/app/patients/:id/prescriptions/:pid/print" component={Print} />,
  <Route path="/app/patients/:id/records/new" component={NewRecord} />,
  <Route path="/app/patients/:id/records/:rid" component={MedicalRecord} />,
  <Route path="/app/patients/:id/labs/new" component={NewResults} />,
  <Route path="/app/patients/:id/labs/:lid" component={LabResult} />,
  <Route path="/app/patients/:id/emergency" component={Emergency} />,
  <Route path="/app/labs" component={Laboratory} />,
]

/** For staff, on a device that is prepared and open. */
export const routes = [
  <Route path="/app/" component={Today} />,
  <Route path="/app/patients" component={Patients} />,
  <Route path="/app/patients/new" component={RegisterPatient} />,
  <Route path="/app/patients/:id" component={Patient} />,
  <Route path="/app/patients/:id/identity" component={CorrectIdentity} />,
  <Route path="/app/patients/:id/history/:entity/:record" component={RecordHistory} />,
  ...clinicalRoutes,
  <Route path="/app/outbox" component={Outbox} />,
  <Route path="/app/outbox/:mutation" component={OutboxItem} />,
  <Route path="/app/room" component={Room} />,
  <Route path="/app/revoked" component={Revoked} />,
  <Route path="/app/leaving" component={Leaving} />,
  <Route path="/app/lock" component={Lock} />,
  ...accountRoutes,
  <Route default component={NotFound} />,
]

const OwnChart = lazyScreen(() => import('#pwa/screens/own_chart/own_chart_screen'))

/** For a patient who signs in. */
export const patientRoutes = [
  <Route path="/app/" component={OwnChart} />,
  ...accountRoutes,
  <Route default component={NotFound} />,
]

const SignIn = lazyScreen(() => import('#pwa/screens/signed_out/sign_in_screen'))
const Forgotten = lazyScreen(() => import('#pwa/screens/signed_out/forgotten_screen'))
const NewPassword = lazyScreen(() => import('#pwa/screens/signed_out/new_password_screen'))
const Invitation = lazyScreen(() => import('#pwa/screens/signed_out/invitation_screen'))
const Register = lazyScreen(() => import('#pwa/screens/signed_out/register_screen'))
const Registration = lazyScreen(() => import('#pwa/screens/signed_out/registration_screen'))
const EmailChange = lazyScreen(() => import('#pwa/screens/signed_out/email_change_screen'))

/** For whoever is outside, whatever this device holds. Mails lead to four of them. */
export const entranceRoutes = [
  <Route path="/app/sign-in" component={SignIn} />,
  <Route path="/app/forgotten" component={Forgotten} />,
  <Route path="/app/password-reset" component={NewPassword} />,
  <Route path="/app/invitation" component={Invitation} />,
  <Route path="/app/register" component={Register} />,
  <Route path="/app/registration" component={Registration} />,
  <Route path="/app/email-change" component={EmailChange} />,
]

const Unlock = lazyScreen(() => import('#pwa/screens/lock/unlock_screen'))
const Prepare = lazyScreen(() => import('#pwa/screens/prepare/prepare_screen'))
const SomebodyElse = lazyScreen(() => import('#pwa/screens/signed_out/somebody_else_screen'))

/** What is shown in place of any screen until the door is open. */
export const doorRoutes: Record<Exclude<Door, 'wait' | 'inside'>, ReturnType<typeof Route>> = {
  unlock: <Route default component={Unlock} />,
  sign_in: <Route default component={SignIn} />,
  prepare: <Route default component={Prepare} />,
  somebody_else: <Route default component={SomebodyElse} />,
}
