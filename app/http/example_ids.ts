/**
 * The records that the examples speak of, and the values that no two patients share. Tests make such a world and put its
 * own in their place (tests/functional/api/example_world.ts).
 */
export const EXAMPLE = {
  /** A patient in the care of the doctor and of the nurse who send the examples; the chart is hers who sends as `patient`. */
  patient: '01980a3e-5f00-7000-8000-000000000001',
  /** A patient in nobody's care. */
  stranger: '01980a3e-5f00-7000-8000-000000000002',
  /** A patient whose record is retired, in the doctor's care. */
  retired: '01980a3e-5f00-7000-8000-000000000003',
  doctor: '01980a3e-5f00-7000-8000-000000000010',
  /** A doctor who treats nobody. */
  colleague: '01980a3e-5f00-7000-8000-000000000011',
  /** Somebody who is no clinician. */
  receptionist: '01980a3e-5f00-7000-8000-000000000012',
  /** A doctor whose account is closed. */
  departed: '01980a3e-5f00-7000-8000-000000000013',
  consultation: '01980a3e-5f00-7000-8000-000000000020',
  cancelled: '01980a3e-5f00-7000-8000-000000000021',
  /** One of the patient's that somebody else recorded more than a day ago. */
  elder: '01980a3e-5f00-7000-8000-000000000022',
  /** A consultation of the patient whose record is retired. */
  ofRetired: '01980a3e-5f00-7000-8000-000000000023',
  prescription: '01980a3e-5f00-7000-8000-000000000030',
  stopped: '01980a3e-5f00-7000-8000-000000000031',
  /** One that somebody else prescribed in the consultation more than a day ago. */
  elderPrescription: '01980a3e-5f00-7000-8000-000000000032',
  /** One of the cancelled consultation. */
  ofCancelled: '01980a3e-5f00-7000-8000-000000000033',
  /** A record of type note, by the doctor. */
  record: '01980a3e-5f00-7000-8000-000000000040',
  /** An allergy to penicillin, active. */
  allergy: '01980a3e-5f00-7000-8000-000000000041',
  /** A note in the chart of `patient` that somebody else wrote more than a day ago. */
  elderRecord: '01980a3e-5f00-7000-8000-000000000042',
  /** A preliminary result entered by whoever sends as `lab`. */
  labResult: '01980a3e-5f00-7000-8000-000000000050',
  /** A result that is validated. */
  validated: '01980a3e-5f00-7000-8000-000000000051',
  /** One that another laboratory entered more than a day ago, of a patient in the care of whoever sends as `lab`. */
  elderResult: '01980a3e-5f00-7000-8000-000000000052',
  /** One that is there already. */
  addendum: '01980a3e-5f00-7000-8000-000000000055',
  alert: '01980a3e-5f00-7000-8000-000000000060',
  reviewed: '01980a3e-5f00-7000-8000-000000000061',
  /** One that whoever sends as `admin` caused. */
  ownAlert: '01980a3e-5f00-7000-8000-000000000062',
  /** The stranger's. */
  takenNationalId: '1770412001042',
  takenMrn: 'C-001042',
  /** Nobody's yet. */
  freeNationalId: '1880402009817',
  freeMrn: 'C-009817',
  /** The doctor's, as is the password. */
  email: 'awa.ndiaye@example.org',
  password: 'trois-girafes-sous-la-pluie',
  /** Another browser of the doctor's. */
  session: '01980a3e-5f00-7000-8000-000000000070',
  /** Somebody who was invited and has not answered. */
  invited: '01980a3e-5f00-7000-8000-000000000014',
  /** An address that nobody here has. */
  newcomer: 'fatou.sarr@example.org',
  /** What stands behind the # of a link that was mailed: for a registration, … */
  registrationLink: 'q0tJ3Vb1mJ8m2cYx6nB4wR7sK5dL9fHhG1zP0oE2uA8',
  invitationLink: 'b7Xw2Lk9sQ4vT1nM6yR3pE8cZ5gU0hJdF2iO7aW4kS1',
  resetLink: 'h4Nf8Yq1zC6jV3bM0xT7rL2wP9gK5sDeU8oA1iE6uR3',
  emailLink: 'w9Rd5Gs2kB7mX4cZ1vQ8nJ3pL6hT0yFaE2oU5iI9rK7',
  /** What the code generator of whoever sends shows, and the new one that waits to be confirmed. */
  totpCode: '492039',
  newTotpCode: '736517',
  /** One of the doctor's own. */
  token: '01980a3e-5f00-7000-8000-000000000080',
  /** That of a patient who has been given this code at the desk. */
  linkableNationalId: '1880402009825',
  chartCode: 'K7QCF-3MXPT',
  /** One of two that the doctor has. */
  passkey: '01980a3e-5f00-7000-8000-000000000090',
  /** What the doctor was given to sign: to add a passkey, to sign in, to confirm. */
  registrationChallenge: '01980a3e-5f00-7000-8000-000000000092',
  signInChallenge: '01980a3e-5f00-7000-8000-000000000093',
  confirmationChallenge: '01980a3e-5f00-7000-8000-000000000094',
  /** A passkey that is new, and what a device says of it. */
  newCredential: '_cAbJMNrFCrz3WAMuC5qYJPmyY4HTOaRX6hWllUjk9Q',
  newClientData:
    'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiVEk0VU53NTVjTHRJLUt6TUhQUXRZajJZckJUUTRiVjlkX2liUHEwU0d0dyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzMzMyIsImNyb3NzT3JpZ2luIjpmYWxzZX0',
  newAttestation:
    'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAAAAAAAAAAAAAAAAAAAAAAAAIP3AGyTDaxQq891gDLguamCT5smOB0zmkV-oVpZVI5PUpQECAyYgASFYIOzPozRkz9qVlteDr4Tgi4X4fU2XQEqLh9SaCaO4zivAIlggQ22Xsf_G7J5gWut0A-j4zQP02gxkbAwlzhBOxMSlFcU',
  /** What the doctor’s device has signed. */
  credential: 'YIZm2dZY8KP8XHnuPcyw2-OiEgH8YNVFIKC4wNlHF_A',
  userHandle: 'AZgKPl8AcACAAAAAAAAAFQ',
  authenticatorData: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAA',
  clientData:
    'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiY1JFbVRGVlpFc1dGRW1IMURKRGtRRjM2WWdoYTZORXUzUGVUMXllWnhYWSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzMzMyIsImNyb3NzT3JpZ2luIjpmYWxzZX0',
  signature: 'MEUCIQCyXXLMd7ZdaBa4cXkAmS-sldDPZblxEny2_ib1kREGbgIgFakKQl73CJEz0wyOSJNLiK3jIS66AnbQzd_ZHNV8aIM',
  confirmationClientData:
    'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiNUtmY3ZqaGZGSThpTmtaU29DZVB4cmFlOTlaNEkyb2hjZFhIZl9sQXdFQSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzMzMyIsImNyb3NzT3JpZ2luIjpmYWxzZX0',
  confirmationSignature:
    'MEQCIFK-dFZ_VqH6o2NWgSJorEeFmVWWUZZJDs1jDyNCYpYZAiAxRxruGpxNImnI72XDyEc51JCJ6O_KYg-JRlyuqWRUbg',
  /** A telephone of the doctor's, and one that somebody ended. */
  device: '01980a3e-5f00-7000-8000-0000000000a0',
  endedDevice: '01980a3e-5f00-7000-8000-0000000000a1',
  /** One that a device made for a consultation that nobody knows yet. */
  newConsultation: '01980a3e-5f00-7000-8000-0000000000a6',
  /** The number of the request that was refused. */
  request: '01980a3e-5f00-7000-8000-0000000000fe',
  /** No record has this one. */
  nothing: '01980a3e-5f00-7000-8000-0000000000ff',
} as const
