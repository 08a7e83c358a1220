// Made from the API’s document: WRITE_DOCS=1 npm test -- functional --files openapi/client.spec.ts

export interface paths {
  '/api/v1/public/info': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Name, version and languages of this server */
    get: operations['public_info']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/openapi.json': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** This document (OpenAPI 3.1) */
    get: operations['openapi_document']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/session': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** See the session of this browser */
    get: operations['session.show']
    put?: never
    /** Sign in by address and password */
    post: operations['session.store']
    /** Sign out */
    delete: operations['session.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/session/passkey-options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Ask for what signs in by a passkey */
    post: operations['session_passkey_offers.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/session/passkey': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Sign in by a passkey */
    post: operations['session_passkeys.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/registrations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Ask to register: a link is mailed */
    post: operations['registrations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/registrations/completion': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Register by the mailed link */
    post: operations['registrations.complete']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/invitations/acceptance': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Accept an invitation by choosing a password */
    post: operations['invitations.accept']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/password-resets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Ask for a new password by e-mail */
    post: operations['password_resets.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/password-resets/completion': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Choose a new password by the mailed link */
    post: operations['password_resets.complete']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/email-changes/confirmation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Confirm a new address by the mailed link */
    post: operations['email_changes.confirm']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/session/second-factor': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Give the second factor, by a code */
    post: operations['second_factors.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/session/confirmation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Confirm that it is you, before something sensitive */
    post: operations['session_confirmations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/factors': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** See your second factors */
    get: operations['factors.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/totp': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Begin a code generator (TOTP) */
    post: operations['totp.store']
    /** Take your code generator away */
    delete: operations['totp.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/totp/confirmation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Confirm the generator by a first code */
    post: operations['totp_confirmations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/recovery-codes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Get new recovery codes */
    post: operations['recovery_codes.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/passkeys/options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Ask for what makes a passkey */
    post: operations['passkey_offers.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/passkeys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List your passkeys */
    get: operations['passkeys.index']
    put?: never
    /** Add a passkey to your account */
    post: operations['passkeys.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/session/passkey-confirmation-options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Ask for what confirms by a passkey */
    post: operations['passkey_confirmation_offers.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/session/passkey-confirmation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Confirm by a passkey that it is still you */
    post: operations['passkey_confirmations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the browsers in which you are signed in */
    get: operations['own_sessions.index']
    put?: never
    post?: never
    /** Sign all your other browsers out */
    delete: operations['own_sessions.destroy_others']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/sessions/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Sign one of your browsers out */
    delete: operations['own_sessions.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the browsers in which somebody is signed in */
    get: operations['user_sessions.index']
    put?: never
    post?: never
    /** Sign somebody out everywhere */
    delete: operations['user_sessions.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Your account, roles and permissions */
    get: operations['me.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Change your name or language */
    patch: operations['me.update']
    trace?: never
  }
  '/api/v1/users/{user}/disablement': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Close an account */
    post: operations['disablements.store']
    /** Open an account again */
    delete: operations['disablements.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}/roles/{role}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Give a role */
    put: operations['user_roles.update']
    post?: never
    /** Take a role back */
    delete: operations['user_roles.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/tokens': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List your access tokens */
    get: operations['own_tokens.index']
    put?: never
    /** Make an access token */
    post: operations['own_tokens.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/tokens/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** End an access token */
    delete: operations['own_tokens.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/chart': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Link your chart to your account */
    post: operations['chart_links.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{patient}/account': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Unlink a chart from a patient’s account */
    delete: operations['chart_links.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Change your password */
    put: operations['own_account.change_password']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/email': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Ask to change your e-mail address */
    post: operations['own_account.change_email']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/closure': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Close your account for good */
    post: operations['own_account.close']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/invitations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Invite somebody, who chooses their password */
    post: operations['invitations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}/invitation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Mail another invitation; the former one ends */
    post: operations['invitations.repeat']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}/factors': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Reset somebody’s second factors */
    delete: operations['factors.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/passkeys/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Remove a passkey */
    delete: operations['passkeys.destroy']
    options?: never
    head?: never
    /** Rename a passkey */
    patch: operations['passkeys.update']
    trace?: never
  }
  '/api/v1/me/devices': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List your devices */
    get: operations['devices.index']
    put?: never
    /** Enrol a device, or renew its credential */
    post: operations['devices.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/devices/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Revoke one of your devices */
    delete: operations['devices.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}/devices': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List somebody’s devices */
    get: operations['user_devices.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}/devices/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Revoke somebody’s device */
    delete: operations['user_devices.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/settings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the clinic’s settings */
    get: operations['settings.show']
    /** Change the clinic’s settings */
    put: operations['settings.update']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sync': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Send a device’s writes and fetch what has changed */
    post: operations['sync.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sync/bootstrap': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Load the charts of the patients in one’s care, one a line */
    get: operations['sync.bootstrap']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the accounts */
    get: operations['users.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** See an account, its roles and permissions */
    get: operations['users.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/roles': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the roles and their permissions */
    get: operations['roles.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/search': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Find a person by name, identifier, phone or date of birth */
    get: operations['patient_searches.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the patients that you may open */
    get: operations['patients.index']
    put?: never
    /** Register a patient */
    post: operations['patients.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Open a patient’s chart */
    get: operations['patients.show']
    put?: never
    post?: never
    /** Take a record out of the lists */
    delete: operations['patients.destroy']
    options?: never
    head?: never
    /** Correct a patient’s identity */
    patch: operations['patients.update']
    trace?: never
  }
  '/api/v1/patients/{id}/restoration': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Put a retired record back into the lists */
    post: operations['patient_restorations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{patient}/chart-code': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Give a patient the code that opens their chart to them */
    post: operations['chart_codes.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/doctors': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the clinicians */
    get: operations['doctors.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/doctors/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** See a clinician */
    get: operations['doctors.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/doctors/{id}/patients': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List a clinician’s patients */
    get: operations['doctor_patients.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/doctors/{doctor}/patients/{patient}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Put a patient into a clinician’s care */
    post: operations['assignments.store']
    /** End a clinician’s care of a patient; that it was is kept */
    delete: operations['assignments.destroy']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{patient}/consultations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List a patient’s consultations */
    get: operations['chart_consultations.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consultations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List your consultations */
    get: operations['consultations.index']
    put?: never
    /** Record a consultation */
    post: operations['consultations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consultations/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Open a consultation */
    get: operations['consultations.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Correct a consultation */
    patch: operations['consultations.update']
    trace?: never
  }
  '/api/v1/consultations/{id}/cancellation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Cancel a consultation */
    post: operations['cancellations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{patient}/prescriptions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List a patient’s prescriptions */
    get: operations['chart_prescriptions.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consultations/{consultation}/prescriptions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List a consultation’s prescriptions */
    get: operations['prescriptions.index']
    put?: never
    /** Prescribe a medicine */
    post: operations['prescriptions.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consultations/{consultation}/prescriptions/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Open a prescription */
    get: operations['prescriptions.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Correct a prescription */
    patch: operations['prescriptions.update']
    trace?: never
  }
  '/api/v1/consultations/{consultation}/prescriptions/{id}/discontinuation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Stop a prescribed treatment */
    post: operations['discontinuations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{patient}/medical-records': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the history, allergies, vaccinations, vital signs and notes of a patient */
    get: operations['chart_records.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/medical-records': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Add to the medical record */
    post: operations['medical_records.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/medical-records/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Open a part of the medical record */
    get: operations['medical_records.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Amend a part of the medical record */
    patch: operations['medical_records.update']
    trace?: never
  }
  '/api/v1/patients/{patient}/lab-results': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the laboratory results of a patient */
    get: operations['chart_lab_results.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lab-results': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the results that you have entered */
    get: operations['lab_results.index']
    put?: never
    /** Enter a laboratory result */
    post: operations['lab_results.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lab-results/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Open a laboratory result */
    get: operations['lab_results.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Amend a laboratory result */
    patch: operations['lab_results.update']
    trace?: never
  }
  '/api/v1/lab-results/{id}/validation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Validate a laboratory result */
    post: operations['validations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{patient}/timeline': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a patient’s timeline */
    get: operations['timeline.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{id}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the versions of an identity */
    get: operations['histories.patients']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consultations/{id}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the versions of a consultation */
    get: operations['histories.consultations']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consultations/{id}/addenda': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the addenda to a consultation */
    get: operations['addenda.consultations.index']
    put?: never
    /** Add to a consultation */
    post: operations['addenda.consultations.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consultations/{consultation}/prescriptions/{id}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the versions of a prescription */
    get: operations['histories.prescriptions']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consultations/{consultation}/prescriptions/{id}/addenda': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the addenda to a prescription */
    get: operations['addenda.prescriptions.index']
    put?: never
    /** Add to a prescription */
    post: operations['addenda.prescriptions.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/medical-records/{id}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the versions of a medical record */
    get: operations['histories.medical_records']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/medical-records/{id}/addenda': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the addenda to a medical record */
    get: operations['addenda.medical_records.index']
    put?: never
    /** Add to a medical record */
    post: operations['addenda.medical_records.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lab-results/{id}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the versions of a laboratory result */
    get: operations['histories.lab_results']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lab-results/{id}/addenda': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the addenda to a laboratory result */
    get: operations['addenda.lab_results.index']
    put?: never
    /** Add to a laboratory result */
    post: operations['addenda.lab_results.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/alerts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the alerts to review */
    get: operations['alerts.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/alerts/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Open an alert */
    get: operations['alerts.show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/alerts/{id}/review': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Mark an alert as reviewed */
    post: operations['alert_reviews.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{patient}/emergency-access': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Open a chart in an emergency, with a reason */
    post: operations['emergency_accesses.store']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/audit-logs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the audit */
    get: operations['audit_logs.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/patients/{patient}/accesses': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** See who opened or changed a chart */
    get: operations['accesses.index']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    PublicInfo: {
      name: string
      version: string
      api: string
      languages: string[]
      language: string
      address: string[]
      phone: string | null
      header: string[]
      /** @enum {string} */
      registration: 'open' | 'invitation' | 'closed'
    }
    OwnSession: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      user_id: string
      /** @enum {string} */
      state: 'complete' | 'second_factor' | 'enrolment'
      csrf_token: string
      confirmed_at: string | null
      /** Format: date-time */
      created_at: string
      /** Format: date-time */
      expires_at: string
    }
    PasskeyRequestOffer: {
      /** Format: uuid */
      challenge_id: string
      options: components['schemas']['PasskeyRequestOptions']
    }
    PasskeyRequestOptions: {
      challenge: string
      rpId: string
      timeout: number
      /** @enum {string} */
      userVerification: 'required'
      allowCredentials: {
        id: string
        /** @enum {string} */
        type: 'public-key'
        transports: string[]
      }[]
    }
    Mailed: {
      email: string
    }
    Account: {
      /** Format: uuid */
      id: string
      name: string
      email: string | null
      /** @enum {string} */
      language: 'fr' | 'en'
      roles: string[]
    }
    ChangedAccount: {
      /** Format: uuid */
      id: string
      /** Format: date-time */
      changed_at: string
    }
    Factors: {
      totp_since: string | null
      passkeys: number
      recovery_codes_left: number
      recovery_codes_since: string | null
    }
    NewTotp: {
      secret: string
      uri: string
      qr_svg: string
    }
    FactorChange: {
      factors: components['schemas']['Factors']
      session: components['schemas']['OwnSession']
      recovery_codes: string[] | null
    }
    PasskeyCreationOffer: {
      /** Format: uuid */
      challenge_id: string
      options: components['schemas']['PasskeyCreationOptions']
    }
    PasskeyCreationOptions: {
      challenge: string
      rp: {
        id: string
        name: string
      }
      user: {
        id: string
        name: string
        displayName: string
      }
      pubKeyCredParams: {
        /** @enum {string} */
        type: 'public-key'
        alg: number
      }[]
      timeout: number
      /** @enum {string} */
      attestation: 'none'
      excludeCredentials: {
        id: string
        /** @enum {string} */
        type: 'public-key'
        transports: string[]
      }[]
      authenticatorSelection: {
        /** @enum {string} */
        residentKey: 'required'
        requireResidentKey: boolean
        /** @enum {string} */
        userVerification: 'required'
      }
      extensions: {
        credProps: boolean
      }
      hints: string[]
    }
    AddedPasskey: {
      passkey: components['schemas']['Passkey']
      factors: components['schemas']['Factors']
      session: components['schemas']['OwnSession']
      recovery_codes: string[] | null
    }
    Passkey: {
      /** Format: uuid */
      id: string
      name: string
      /** Format: date-time */
      created_at: string
      last_used_at: string | null
    }
    BrowserSession: {
      /** Format: uuid */
      id: string
      is_current: boolean
      browser: string | null
      system: string | null
      ip_address: string | null
      /** Format: date-time */
      created_at: string
      /** Format: date-time */
      last_seen_at: string
      /** Format: date-time */
      expires_at: string
    }
    EndedSessions: {
      ended: number
    }
    Me: {
      /** Format: uuid */
      id: string
      name: string
      email: string | null
      /** @enum {string} */
      language: 'fr' | 'en'
      roles: string[]
      permissions: string[]
      patient_id: string | null
    }
    User: {
      /** Format: uuid */
      id: string
      name: string
      email: string | null
      /** @enum {string} */
      language: 'fr' | 'en'
      /** @enum {string} */
      state: 'active' | 'disabled'
      roles: string[]
      permissions: string[]
      email_verified_at: string | null
      disabled_at: string | null
      /** Format: date-time */
      created_at: string
    }
    Token: {
      /** Format: uuid */
      id: string
      name: string | null
      abilities: string[]
      expires_at: string | null
      last_used_at: string | null
      /** Format: date-time */
      created_at: string
    }
    NewToken: {
      /** Format: uuid */
      id: string
      name: string | null
      abilities: string[]
      expires_at: string | null
      last_used_at: string | null
      /** Format: date-time */
      created_at: string
      value: string
    }
    ChartLink: {
      /** Format: uuid */
      patient_id: string
      user_id: string | null
    }
    ResetFactors: {
      /** Format: uuid */
      user_id: string
    }
    Device: {
      /** Format: uuid */
      id: string
      name: string
      browser: string | null
      system: string | null
      /** Format: date-time */
      created_at: string
      last_seen_at: string | null
      /** Format: date-time */
      credential_expires_at: string
      revoked_at: string | null
    }
    NewDevice: {
      /** Format: uuid */
      id: string
      name: string
      browser: string | null
      system: string | null
      /** Format: date-time */
      created_at: string
      last_seen_at: string | null
      /** Format: date-time */
      credential_expires_at: string
      revoked_at: string | null
      credential: string
    }
    Settings: {
      name: string
      address: string[]
      phone: string | null
      header: string[]
      languages: ('fr' | 'en')[]
      /** @enum {string} */
      language: 'fr' | 'en'
      national_id_country: string
    }
    SyncAnswer: {
      /** Format: uuid */
      epoch: string
      changes: (components['schemas']['SyncUpsert'] | components['schemas']['SyncRemoval'])[]
      cursor: string | null
      has_more: boolean
      add_scopes: string[]
      purge_scopes: string[]
      scopes_differ: boolean
      unreadable: components['schemas']['SyncUnreadable'][]
      /** Format: date-time */
      server_time: string
      results: (
        | components['schemas']['SyncApplied']
        | components['schemas']['SyncDuplicate']
        | components['schemas']['SyncConflict']
        | components['schemas']['SyncRejected']
        | components['schemas']['SyncDeferred']
        | components['schemas']['SyncRetry']
      )[]
    }
    SyncUpsert: {
      seq: number
      /** Format: uuid */
      scope: string
      /** @enum {string} */
      entity: 'patient' | 'consultation' | 'prescription' | 'medical_record' | 'lab_result' | 'addendum'
      /** Format: uuid */
      id: string
      version: number
      /** @enum {string} */
      op: 'upsert'
      data:
        | components['schemas']['Patient']
        | components['schemas']['Consultation']
        | components['schemas']['Prescription']
        | components['schemas']['MedicalRecord']
        | components['schemas']['LabResult']
        | components['schemas']['Addendum']
    }
    Patient: {
      /** Format: uuid */
      id: string
      mrn: string
      family_name: string
      given_name: string
      /** @enum {string} */
      sex: 'female' | 'male' | 'other' | 'unknown'
      /** Format: date */
      dob: string
      national_id: string | null
      national_id_country: string | null
      phone: string | null
      email: string | null
      address: string | null
      deceased_at: string | null
      retired_at: string | null
      version: number
      /** Format: date-time */
      created_at: string
      /** Format: date-time */
      updated_at: string
      doctors?: components['schemas']['AssignedDoctor'][]
    }
    AssignedDoctor: {
      /** Format: uuid */
      id: string
      name: string
      /** Format: date-time */
      assigned_at: string
    }
    Consultation: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      patient_id: string
      doctor_id: string | null
      /** Format: date-time */
      date: string
      reason: string | null
      diagnosis: string | null
      diagnosis_code: string | null
      diagnosis_code_system: string | null
      notes: string | null
      follow_up_on: string | null
      /** @enum {string} */
      status: 'planned' | 'in_progress' | 'finished' | 'cancelled'
      cancelled_at: string | null
      cancel_reason: string | null
      version: number
      /** Format: date-time */
      created_at: string
      /** Format: date-time */
      updated_at: string
      patient?: components['schemas']['PatientSummary']
      prescriptions?: components['schemas']['Prescription'][]
      addenda?: components['schemas']['Addendum'][]
    }
    PatientSummary: {
      /** Format: uuid */
      id: string
      mrn: string
      family_name: string
      given_name: string
      /** @enum {string} */
      sex: 'female' | 'male' | 'other' | 'unknown'
      /** Format: date */
      dob: string
    }
    Prescription: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      patient_id: string
      /** Format: uuid */
      consultation_id: string
      prescribed_by: string | null
      medicine: string
      code: string | null
      code_system: string | null
      dosage: string | null
      route: string | null
      duration: string | null
      notes: string | null
      override_reason: string | null
      /** @enum {string} */
      status: 'active' | 'completed' | 'stopped'
      /** Format: date-time */
      prescribed_at: string
      stopped_at: string | null
      version: number
      /** Format: date-time */
      created_at: string
      /** Format: date-time */
      updated_at: string
      patient?: components['schemas']['PatientSummary']
      addenda?: components['schemas']['Addendum'][]
    }
    Addendum: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      record_id: string
      author_id: string | null
      text: string
      /** Format: date-time */
      created_at: string
    }
    MedicalRecord: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      patient_id: string
      doctor_id: string | null
      consultation_id: string | null
      /** @enum {string} */
      type: 'allergy' | 'condition' | 'history' | 'vaccination' | 'vital_signs' | 'procedure' | 'note'
      description: string
      code: string | null
      code_system: string | null
      occurred_at: string | null
      ended_at: string | null
      /** Format: date-time */
      timeline_at: string
      /** @enum {string} */
      status: 'active' | 'resolved' | 'entered_in_error'
      content: {
        [key: string]: unknown
      } | null
      version: number
      /** Format: date-time */
      created_at: string
      /** Format: date-time */
      updated_at: string
      patient?: components['schemas']['PatientSummary']
      addenda?: components['schemas']['Addendum'][]
    }
    LabResult: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      patient_id: string
      consultation_id: string | null
      performed_by: string | null
      test_name: string
      result: string
      /** Format: date-time */
      result_date: string
      code: string | null
      code_system: string | null
      value: string | null
      unit: string | null
      reference_range: string | null
      flag: ('L' | 'H' | 'LL' | 'HH' | 'N' | 'A') | null
      /** @enum {string} */
      status: 'registered' | 'preliminary' | 'final' | 'amended'
      validated_at: string | null
      validated_by: string | null
      version: number
      /** Format: date-time */
      created_at: string
      /** Format: date-time */
      updated_at: string
      patient?: components['schemas']['PatientSummary']
      addenda?: components['schemas']['Addendum'][]
    }
    SyncRemoval: {
      seq: number
      /** Format: uuid */
      scope: string
      /** @enum {string} */
      entity: 'patient' | 'consultation' | 'prescription' | 'medical_record' | 'lab_result' | 'addendum'
      /** Format: uuid */
      id: string
      version: number
      /** @enum {string} */
      op: 'delete'
    }
    SyncUnreadable: {
      /** Format: uuid */
      scope: string
      /** @enum {string} */
      entity: 'patient' | 'consultation' | 'prescription' | 'medical_record' | 'lab_result' | 'addendum'
      /** Format: uuid */
      id: string
    }
    SyncApplied: {
      mutation_id: string
      version: number
      /** @constant */
      late?: true
      /** @enum {string} */
      status: 'applied'
      data:
        | components['schemas']['Patient']
        | components['schemas']['Consultation']
        | components['schemas']['Prescription']
        | components['schemas']['MedicalRecord']
        | components['schemas']['LabResult']
        | components['schemas']['Addendum']
    }
    SyncDuplicate: {
      mutation_id: string
      version: number
      /** @constant */
      late?: true
      /** @enum {string} */
      status: 'duplicate'
      data?:
        | components['schemas']['Patient']
        | components['schemas']['Consultation']
        | components['schemas']['Prescription']
        | components['schemas']['MedicalRecord']
        | components['schemas']['LabResult']
        | components['schemas']['Addendum']
    }
    SyncConflict: {
      mutation_id: string
      /** @enum {string} */
      status: 'conflict'
      /** @constant */
      http_status: 409
      server_version: components['schemas']['SyncServerVersion']
      client_version: {
        base_version: number | null
        data: {
          [key: string]: unknown
        }
      }
    }
    SyncServerVersion: {
      version: number
      /** Format: date-time */
      updated_at: string
      updated_by: string | null
      data:
        | components['schemas']['Patient']
        | components['schemas']['Consultation']
        | components['schemas']['Prescription']
        | components['schemas']['MedicalRecord']
        | components['schemas']['LabResult']
        | components['schemas']['Addendum']
    }
    SyncRejected: {
      mutation_id: string
      /** @enum {string} */
      status: 'rejected'
      http_status: number
      problem: components['schemas']['Problem']
    }
    SyncDeferred: {
      mutation_id: string
      /** @enum {string} */
      status: 'deferred'
    }
    SyncRetry: {
      mutation_id: string
      /** @enum {string} */
      status: 'retry'
      /** @enum {integer} */
      http_status: 429 | 503
    }
    SyncBegin: {
      /** @enum {string} */
      kind: 'begin'
      /** Format: uuid */
      epoch: string
      cursor: string
      patients: number
      /** Format: date-time */
      server_time: string
    }
    SyncChart: {
      /** @enum {string} */
      kind: 'chart'
      patient: components['schemas']['Patient']
      records: components['schemas']['SyncRecord'][]
    }
    SyncRecord: {
      /** @enum {string} */
      entity: 'patient' | 'consultation' | 'prescription' | 'medical_record' | 'lab_result' | 'addendum'
      data:
        | components['schemas']['Patient']
        | components['schemas']['Consultation']
        | components['schemas']['Prescription']
        | components['schemas']['MedicalRecord']
        | components['schemas']['LabResult']
        | components['schemas']['Addendum']
    }
    SyncUnreadableChart: {
      /** @enum {string} */
      kind: 'unreadable'
      /** Format: uuid */
      patient: string
      /** @enum {string} */
      entity: 'patient' | 'consultation' | 'prescription' | 'medical_record' | 'lab_result' | 'addendum'
      /** Format: uuid */
      id: string
    }
    SyncEnd: {
      /** @enum {string} */
      kind: 'end'
    }
    Role: {
      /** Format: uuid */
      id: string
      name: string
      permissions: string[]
      users: number
    }
    ChartCode: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      patient_id: string
      code: string | null
      /** Format: date-time */
      expires_at: string
    }
    Doctor: {
      /** Format: uuid */
      id: string
      name: string
      roles: string[]
    }
    DoctorProfile: {
      /** Format: uuid */
      id: string
      name: string
      roles: string[]
      email: string | null
      /** @enum {string} */
      language: 'fr' | 'en'
      patients: number | null
    }
    DoctorPatient: {
      /** Format: uuid */
      id: string
      mrn: string
      family_name: string
      given_name: string
      /** @enum {string} */
      sex: 'female' | 'male' | 'other' | 'unknown'
      /** Format: date */
      dob: string
      /** Format: date-time */
      assigned_at: string
      ended_at: string | null
    }
    Assignment: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      doctor_id: string
      /** Format: uuid */
      patient_id: string
      /** Format: date-time */
      assigned_at: string
      assigned_by: string | null
      ended_at: string | null
      ended_by: string | null
      version: number
    }
    TimelineConsultation: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'TimelineConsultation'
      /** Format: date-time */
      date: string
      record: components['schemas']['Consultation']
    }
    TimelinePrescription: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'TimelinePrescription'
      /** Format: date-time */
      date: string
      record: components['schemas']['Prescription']
    }
    TimelineMedicalRecord: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'TimelineMedicalRecord'
      /** Format: date-time */
      date: string
      record: components['schemas']['MedicalRecord']
    }
    TimelineLabResult: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'TimelineLabResult'
      /** Format: date-time */
      date: string
      record: components['schemas']['LabResult']
    }
    PatientVersion: {
      version: number
      data: components['schemas']['Patient']
      replaced_at: string | null
      replaced_by: string | null
      replaced_via: string | null
    }
    ConsultationVersion: {
      version: number
      data: components['schemas']['Consultation']
      replaced_at: string | null
      replaced_by: string | null
      replaced_via: string | null
    }
    PrescriptionVersion: {
      version: number
      data: components['schemas']['Prescription']
      replaced_at: string | null
      replaced_by: string | null
      replaced_via: string | null
    }
    MedicalRecordVersion: {
      version: number
      data: components['schemas']['MedicalRecord']
      replaced_at: string | null
      replaced_by: string | null
      replaced_via: string | null
    }
    LabResultVersion: {
      version: number
      data: components['schemas']['LabResult']
      replaced_at: string | null
      replaced_by: string | null
      replaced_via: string | null
    }
    Alert: {
      /** Format: uuid */
      id: string
      /** @enum {string} */
      kind: 'emergency_access' | 'late_entry'
      /** @enum {string} */
      state: 'open' | 'reviewed'
      user: components['schemas']['Person'] | null
      patient: components['schemas']['PatientSummary'] | null
      entity: string | null
      entity_id: string | null
      reason: string | null
      expires_at: string | null
      reviewed_by: components['schemas']['Person'] | null
      reviewed_at: string | null
      /** Format: date-time */
      created_at: string
    }
    Person: {
      /** Format: uuid */
      id: string
      name: string
    }
    EmergencyAccess: {
      /** Format: uuid */
      id: string
      /** Format: uuid */
      patient_id: string
      reason: string
      /** Format: date-time */
      expires_at: string
    }
    AuditLog: {
      /** Format: uuid */
      id: string
      /** Format: date-time */
      at: string
      user_id: string | null
      user_name: string | null
      role: string | null
      action: string
      entity: string | null
      entity_id: string | null
      /** @enum {string} */
      outcome: 'done' | 'refused' | 'failed'
      via: string | null
      patient_id: string | null
      http_status: number | null
      ip_address: string | null
      user_agent: string | null
      request_id: string | null
      details: {
        [key: string]: unknown
      }
    }
    Access: {
      /** Format: date-time */
      at: string
      user_id: string | null
      user_name: string | null
      role: string | null
      action: string
      entity: string | null
      entity_id: string | null
      /** @enum {string} */
      outcome: 'done' | 'refused' | 'failed'
      via: string | null
      access: string | null
    }
    PageMeta: {
      next_cursor: string | null
      count?: number
    }
    Problem: {
      /** Format: uri-reference */
      type: string
      title: string
      status: number
      detail?: string
      /** @enum {string} */
      code:
        | 'ability_not_held'
        | 'account_active'
        | 'account_has_chart'
        | 'account_without_address'
        | 'addendum_required'
        | 'allergy_conflict'
        | 'already_assigned'
        | 'already_cancelled'
        | 'already_open'
        | 'already_retired'
        | 'already_reviewed'
        | 'already_validated'
        | 'audit_unavailable'
        | 'before_birth'
        | 'born_after_death'
        | 'chart_has_account'
        | 'chart_not_linked'
        | 'code_invalid'
        | 'consultation_cancelled'
        | 'consultation_of_other_patient'
        | 'content_of_other_type'
        | 'csrf_token_invalid'
        | 'current_password_wrong'
        | 'cursor_expired'
        | 'database_unavailable'
        | 'device_ended'
        | 'device_required'
        | 'device_revoked'
        | 'device_sign_in_needed'
        | 'email_taken'
        | 'ends_before_it_begins'
        | 'enrolment_required'
        | 'epoch_changed'
        | 'factor_needed'
        | 'forbidden'
        | 'foreign_page'
        | 'https_required'
        | 'internal_error'
        | 'invalid'
        | 'keys_unavailable'
        | 'last_administrator'
        | 'last_factor'
        | 'link_invalid'
        | 'malformed_body'
        | 'malformed_request'
        | 'method_not_allowed'
        | 'mrn_taken'
        | 'mutation_id_reused'
        | 'national_id_taken'
        | 'national_id_taken_ask'
        | 'no_account_linked'
        | 'no_factor'
        | 'no_generator'
        | 'not_a_clinician'
        | 'not_assigned'
        | 'not_found'
        | 'not_retired'
        | 'other_device'
        | 'own_alert'
        | 'passkey_invalid'
        | 'passkeys_need_a_name'
        | 'password_wrong'
        | 'patient_erased'
        | 'patient_exists'
        | 'patient_retired'
        | 'prescription_stopped'
        | 'protocol_unknown'
        | 'proxy_not_trusted'
        | 'record_exists'
        | 'registration_closed'
        | 'result_in_future'
        | 'route_not_found'
        | 'second_factor_required'
        | 'session_over'
        | 'session_required'
        | 'sessions_unavailable'
        | 'stale_version'
        | 'step_up_required'
        | 'token_invalid'
        | 'too_large'
        | 'too_many_mutations'
        | 'too_many_requests'
        | 'too_many_tries'
        | 'two_credentials'
        | 'unauthenticated'
        | 'unit_without_value'
        | 'unknown_role'
        | 'unsupported_media_type'
        | 'user_disabled'
        | 'version_required'
        | 'wrong_credentials'
      request_id?: string
      errors?: {
        /** Format: json-pointer */
        pointer: string
        code: string
        detail: string
      }[]
      allergies?: {
        id?: string
      }[]
      epoch?: string
      restored_to?: string | null
      allow?: string
      patient_id?: string
      address?: string
      protocol?: number
      server_version?: number
      client_version?: number
      most?: number
      retry_after?: number
      role?: string
    }
  }
  responses: {
    /** @description Unreadable body · Unreadable request */
    '400.malformed_body.malformed_request': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'malformed_body' | 'malformed_request'
        }
      }
    }
    /** @description Request too large */
    '413.too_large': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'too_large'
        }
      }
    }
    /** @description Unsupported media type */
    '415.unsupported_media_type': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'unsupported_media_type'
        }
      }
    }
    /** @description Too many requests */
    '429.too_many_requests': {
      headers: {
        /** @description Seconds to wait before another try. */
        'Retry-After': number
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'too_many_requests'
        }
      }
    }
    /** @description Internal error */
    '500.internal_error': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'internal_error'
        }
      }
    }
    /** @description Database unavailable */
    '503.database_unavailable': {
      headers: {
        /** @description Seconds to wait before another try. */
        'Retry-After': number
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'database_unavailable'
        }
      }
    }
    /** @description Unreadable body · Unreadable request · Two identities at once */
    '400.malformed_body.malformed_request.two_credentials': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'malformed_body' | 'malformed_request' | 'two_credentials'
        }
      }
    }
    /** @description Sign-in refused */
    '401.wrong_credentials': {
      headers: {
        /** @description How to authenticate. */
        'WWW-Authenticate': string
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'wrong_credentials'
        }
      }
    }
    /** @description Foreign page · HTTPS required */
    '403.foreign_page.https_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'foreign_page' | 'https_required'
        }
      }
    }
    /** @description Invalid input */
    '422.invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid'
        }
      }
    }
    /** @description Too many requests · Too many tries */
    '429.too_many_requests.too_many_tries': {
      headers: {
        /** @description Seconds to wait before another try. */
        'Retry-After': number
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'too_many_requests' | 'too_many_tries'
        }
      }
    }
    /** @description Audit unavailable · Database unavailable · Keys unavailable · Sessions unavailable */
    '503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable': {
      headers: {
        /** @description Seconds to wait before another try. */
        'Retry-After': number
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'audit_unavailable' | 'database_unavailable' | 'keys_unavailable' | 'sessions_unavailable'
        }
      }
    }
    /** @description Invalid input · No passkeys at this address */
    '422.invalid.passkeys_need_a_name': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'passkeys_need_a_name'
        }
      }
    }
    /** @description Not found */
    '404.not_found': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'not_found'
        }
      }
    }
    /** @description Invalid input · Passkey refused */
    '422.invalid.passkey_invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'passkey_invalid'
        }
      }
    }
    /** @description Foreign page · HTTPS required · Registration is closed */
    '403.foreign_page.https_required.registration_closed': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'foreign_page' | 'https_required' | 'registration_closed'
        }
      }
    }
    /** @description E-mail already used */
    '409.email_taken': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'email_taken'
        }
      }
    }
    /** @description Invalid input · Link of no use */
    '422.invalid.link_invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'link_invalid'
        }
      }
    }
    /** @description Session over · Token refused · Authentication required */
    '401.session_over.token_invalid.unauthenticated': {
      headers: {
        /** @description How to authenticate. */
        'WWW-Authenticate': string
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'session_over' | 'token_invalid' | 'unauthenticated'
        }
      }
    }
    /** @description Invalid CSRF token · Access denied · Foreign page · Session required */
    '403.csrf_token_invalid.forbidden.foreign_page.session_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'csrf_token_invalid' | 'forbidden' | 'foreign_page' | 'session_required'
        }
      }
    }
    /** @description Code refused · Invalid input */
    '422.code_invalid.invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'code_invalid' | 'invalid'
        }
      }
    }
    /** @description Code refused · The password is not enough · Invalid input · Password refused */
    '422.code_invalid.factor_needed.invalid.password_wrong': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'code_invalid' | 'factor_needed' | 'invalid' | 'password_wrong'
        }
      }
    }
    /** @description Invalid CSRF token · Access denied · Foreign page · Session required · Confirmation required */
    '403.csrf_token_invalid.forbidden.foreign_page.session_required.step_up_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'csrf_token_invalid' | 'forbidden' | 'foreign_page' | 'session_required' | 'step_up_required'
        }
      }
    }
    /** @description No code generator */
    '409.no_generator': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'no_generator'
        }
      }
    }
    /** @description Invalid input · Last second factor */
    '422.invalid.last_factor': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'last_factor'
        }
      }
    }
    /** @description No second factor */
    '409.no_factor': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'no_factor'
        }
      }
    }
    /** @description Invalid CSRF token · Second factor to choose · Access denied · Foreign page · Second factor required · Session required */
    '403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?:
            | 'csrf_token_invalid'
            | 'enrolment_required'
            | 'forbidden'
            | 'foreign_page'
            | 'second_factor_required'
            | 'session_required'
        }
      }
    }
    /** @description Not found · Unknown address */
    '404.not_found.route_not_found': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'not_found' | 'route_not_found'
        }
      }
    }
    /** @description Invalid CSRF token · Second factor to choose · Access denied · Foreign page · Second factor required · Session required · Confirmation required */
    '403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?:
            | 'csrf_token_invalid'
            | 'enrolment_required'
            | 'forbidden'
            | 'foreign_page'
            | 'second_factor_required'
            | 'session_required'
            | 'step_up_required'
        }
      }
    }
    /** @description Invalid input · Last administrator */
    '422.invalid.last_administrator': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'last_administrator'
        }
      }
    }
    /** @description Ability that you do not have · Invalid input */
    '422.ability_not_held.invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'ability_not_held' | 'invalid'
        }
      }
    }
    /** @description A chart is linked already */
    '409.account_has_chart': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'account_has_chart'
        }
      }
    }
    /** @description Patient erased */
    '410.patient_erased': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'patient_erased'
        }
      }
    }
    /** @description Chart not linked · Invalid input */
    '422.chart_not_linked.invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'chart_not_linked' | 'invalid'
        }
      }
    }
    /** @description No account linked */
    '409.no_account_linked': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'no_account_linked'
        }
      }
    }
    /** @description Wrong current password · Invalid input */
    '422.current_password_wrong.invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'current_password_wrong' | 'invalid'
        }
      }
    }
    /** @description Invalid CSRF token · Second factor to choose · Access denied · Foreign page · Registration is closed · Second factor required · Session required · Confirmation required */
    '403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.registration_closed.second_factor_required.session_required.step_up_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?:
            | 'csrf_token_invalid'
            | 'enrolment_required'
            | 'forbidden'
            | 'foreign_page'
            | 'registration_closed'
            | 'second_factor_required'
            | 'session_required'
            | 'step_up_required'
        }
      }
    }
    /** @description Invalid input · Unknown role */
    '422.invalid.unknown_role': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'unknown_role'
        }
      }
    }
    /** @description Account in use already */
    '409.account_active': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'account_active'
        }
      }
    }
    /** @description Account without an address · Invalid input · Account closed */
    '422.account_without_address.invalid.user_disabled': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'account_without_address' | 'invalid' | 'user_disabled'
        }
      }
    }
    /** @description This device was revoked */
    '409.device_ended': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'device_ended'
        }
      }
    }
    /** @description This device was revoked · Sign in to send · Token refused · Authentication required */
    '401.device_revoked.device_sign_in_needed.token_invalid.unauthenticated': {
      headers: {
        /** @description How to authenticate. */
        'WWW-Authenticate': string
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'device_revoked' | 'device_sign_in_needed' | 'token_invalid' | 'unauthenticated'
        }
      }
    }
    /** @description For enrolled devices only · Access denied */
    '403.device_required.forbidden.mirrored': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'device_required' | 'forbidden'
        }
        'application/json': components['schemas']['SyncAnswer']
      }
    }
    /** @description Not found */
    '404.not_found.mirrored': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'not_found'
        }
        'application/json': components['schemas']['SyncAnswer']
      }
    }
    /** @description A backup was restored */
    '409.epoch_changed.mirrored': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'epoch_changed'
        }
        'application/json': components['schemas']['SyncAnswer']
      }
    }
    /** @description Synchronised too long ago */
    '410.cursor_expired.mirrored': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'cursor_expired'
        }
        'application/json': components['schemas']['SyncAnswer']
      }
    }
    /** @description Invalid input · Another device is named · Unknown protocol · Too many writes in one call */
    '422.invalid.other_device.protocol_unknown.too_many_mutations.mirrored': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'other_device' | 'protocol_unknown' | 'too_many_mutations'
        }
        'application/json': components['schemas']['SyncAnswer']
      }
    }
    /** @description Too many requests */
    '429.too_many_requests.mirrored': {
      headers: {
        /** @description Seconds to wait before another try. */
        'Retry-After': number
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'too_many_requests'
        }
        'application/json': components['schemas']['SyncAnswer']
      }
    }
    /** @description Internal error */
    '500.internal_error.mirrored': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'internal_error'
        }
        'application/json': components['schemas']['SyncAnswer']
      }
    }
    /** @description Audit unavailable · Database unavailable · Keys unavailable · Sessions unavailable */
    '503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable.mirrored': {
      headers: {
        /** @description Seconds to wait before another try. */
        'Retry-After': number
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'audit_unavailable' | 'database_unavailable' | 'keys_unavailable' | 'sessions_unavailable'
        }
        'application/json': components['schemas']['SyncAnswer']
      }
    }
    /** @description For enrolled devices only · Access denied */
    '403.device_required.forbidden': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'device_required' | 'forbidden'
        }
      }
    }
    /** @description Invalid CSRF token · Second factor to choose · Access denied · Foreign page · Second factor required */
    '403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'csrf_token_invalid' | 'enrolment_required' | 'forbidden' | 'foreign_page' | 'second_factor_required'
        }
      }
    }
    /** @description Record number already used · National id already registered · National id already registered · Record already made */
    '409.mrn_taken.national_id_taken.national_id_taken_ask.patient_exists': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'mrn_taken' | 'national_id_taken' | 'national_id_taken_ask' | 'patient_exists'
        }
      }
    }
    /** @description Contradictory dates · Invalid input · Key already used */
    '422.born_after_death.invalid.mutation_id_reused': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'born_after_death' | 'invalid' | 'mutation_id_reused'
        }
      }
    }
    /** @description National id already registered · National id already registered · Stale version */
    '409.national_id_taken.national_id_taken_ask.stale_version': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'national_id_taken' | 'national_id_taken_ask' | 'stale_version'
        }
      }
    }
    /** @description Contradictory dates · Invalid input */
    '422.born_after_death.invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'born_after_death' | 'invalid'
        }
      }
    }
    /** @description Version required */
    '428.version_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'version_required'
        }
      }
    }
    /** @description Record already retired · Stale version */
    '409.already_retired.stale_version': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'already_retired' | 'stale_version'
        }
      }
    }
    /** @description The record is not retired · Stale version */
    '409.not_retired.stale_version': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'not_retired' | 'stale_version'
        }
      }
    }
    /** @description Invalid input · Key already used */
    '422.invalid.mutation_id_reused': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'mutation_id_reused'
        }
      }
    }
    /** @description An account opens this chart already */
    '409.chart_has_account': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'chart_has_account'
        }
      }
    }
    /** @description Invalid input · Key already used · Retired record */
    '422.invalid.mutation_id_reused.patient_retired': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'mutation_id_reused' | 'patient_retired'
        }
      }
    }
    /** @description Already assigned */
    '409.already_assigned': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'already_assigned'
        }
      }
    }
    /** @description Invalid input · Key already used · Not a clinician · Account closed */
    '422.invalid.mutation_id_reused.not_a_clinician.user_disabled': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'mutation_id_reused' | 'not_a_clinician' | 'user_disabled'
        }
      }
    }
    /** @description Not assigned */
    '409.not_assigned': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'not_assigned'
        }
      }
    }
    /** @description Record already made */
    '409.record_exists': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'record_exists'
        }
      }
    }
    /** @description Date before birth · Invalid input · Key already used · Retired record */
    '422.before_birth.invalid.mutation_id_reused.patient_retired': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'before_birth' | 'invalid' | 'mutation_id_reused' | 'patient_retired'
        }
      }
    }
    /** @description Only the author corrects · Invalid CSRF token · Second factor to choose · Access denied · Foreign page · Second factor required */
    '403.addendum_required.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?:
            | 'addendum_required'
            | 'csrf_token_invalid'
            | 'enrolment_required'
            | 'forbidden'
            | 'foreign_page'
            | 'second_factor_required'
        }
      }
    }
    /** @description Stale version */
    '409.stale_version': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'stale_version'
        }
      }
    }
    /** @description Date before birth · Cancelled consultation · Invalid input */
    '422.before_birth.consultation_cancelled.invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'before_birth' | 'consultation_cancelled' | 'invalid'
        }
      }
    }
    /** @description Consultation already cancelled · Stale version */
    '409.already_cancelled.stale_version': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'already_cancelled' | 'stale_version'
        }
      }
    }
    /** @description Known allergy · Record already made */
    '409.allergy_conflict.record_exists': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'allergy_conflict' | 'record_exists'
        }
      }
    }
    /** @description Date before birth · Cancelled consultation · Invalid input · Key already used · Retired record */
    '422.before_birth.consultation_cancelled.invalid.mutation_id_reused.patient_retired': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'before_birth' | 'consultation_cancelled' | 'invalid' | 'mutation_id_reused' | 'patient_retired'
        }
      }
    }
    /** @description Known allergy · Prescription stopped · Stale version */
    '409.allergy_conflict.prescription_stopped.stale_version': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'allergy_conflict' | 'prescription_stopped' | 'stale_version'
        }
      }
    }
    /** @description Prescription stopped · Stale version */
    '409.prescription_stopped.stale_version': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'prescription_stopped' | 'stale_version'
        }
      }
    }
    /** @description Date before birth · Consultation of another chart · Content of another type · End before the beginning · Invalid input · Key already used · Retired record */
    '422.before_birth.consultation_of_other_patient.content_of_other_type.ends_before_it_begins.invalid.mutation_id_reused.patient_retired': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?:
            | 'before_birth'
            | 'consultation_of_other_patient'
            | 'content_of_other_type'
            | 'ends_before_it_begins'
            | 'invalid'
            | 'mutation_id_reused'
            | 'patient_retired'
        }
      }
    }
    /** @description Date before birth · Content of another type · End before the beginning · Invalid input */
    '422.before_birth.content_of_other_type.ends_before_it_begins.invalid': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'before_birth' | 'content_of_other_type' | 'ends_before_it_begins' | 'invalid'
        }
      }
    }
    /** @description Date before birth · Consultation of another chart · Invalid input · Key already used · Retired record · Result in the future · Unit without a value */
    '422.before_birth.consultation_of_other_patient.invalid.mutation_id_reused.patient_retired.result_in_future.unit_without_value': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?:
            | 'before_birth'
            | 'consultation_of_other_patient'
            | 'invalid'
            | 'mutation_id_reused'
            | 'patient_retired'
            | 'result_in_future'
            | 'unit_without_value'
        }
      }
    }
    /** @description Result already validated · Stale version */
    '409.already_validated.stale_version': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'already_validated' | 'stale_version'
        }
      }
    }
    /** @description Date before birth · Invalid input · Result in the future · Unit without a value */
    '422.before_birth.invalid.result_in_future.unit_without_value': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'before_birth' | 'invalid' | 'result_in_future' | 'unit_without_value'
        }
      }
    }
    /** @description Alert already reviewed */
    '409.already_reviewed': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'already_reviewed'
        }
      }
    }
    /** @description Invalid input · Key already used · Your own alert */
    '422.invalid.mutation_id_reused.own_alert': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'invalid' | 'mutation_id_reused' | 'own_alert'
        }
      }
    }
    /** @description Chart already open */
    '409.already_open': {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'already_open'
        }
      }
    }
  }
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  'public_info': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['PublicInfo']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.database_unavailable']
    }
  }
  'openapi_document': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            openapi: string
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.database_unavailable']
    }
  }
  'session.show': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['OwnSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'session.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string
          password: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The address of the new record. */
          'Location': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['OwnSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.wrong_credentials']
      403: components['responses']['403.foreign_page.https_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'session.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['OwnSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'session_passkey_offers.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['PasskeyRequestOffer']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      403: components['responses']['403.foreign_page.https_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.passkeys_need_a_name']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'session_passkeys.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          challenge_id: string
          credential: {
            id: string
            rawId: string
            /** @enum {string} */
            type: 'public-key'
            response: {
              clientDataJSON: string
              authenticatorData: string
              signature: string
              userHandle?: string | null
            } & {
              [key: string]: unknown
            }
          } & {
            [key: string]: unknown
          }
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['OwnSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      403: components['responses']['403.foreign_page.https_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.passkey_invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'registrations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string
          /** @enum {string} */
          language?: 'fr' | 'en'
        }
      }
    }
    responses: {
      /** @description Done */
      202: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Mailed']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      403: components['responses']['403.foreign_page.https_required.registration_closed']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'registrations.complete': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          token: string
          name: string
          password: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Account']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      403: components['responses']['403.foreign_page.https_required.registration_closed']
      409: components['responses']['409.email_taken']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.link_invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'invitations.accept': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          token: string
          password: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Account']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      403: components['responses']['403.foreign_page.https_required.registration_closed']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.link_invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'password_resets.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string
          /** @enum {string} */
          language?: 'fr' | 'en'
        }
      }
    }
    responses: {
      /** @description Done */
      202: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Mailed']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      403: components['responses']['403.foreign_page.https_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'password_resets.complete': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          token: string
          password: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['ChangedAccount']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      403: components['responses']['403.foreign_page.https_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.link_invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'email_changes.confirm': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          token: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['ChangedAccount']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      403: components['responses']['403.foreign_page.https_required']
      409: components['responses']['409.email_taken']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.link_invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'second_factors.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/json': {
          code?: string
          recovery_code?: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['OwnSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.code_invalid.invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'session_confirmations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/json': {
          code?: string
          password?: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['OwnSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.code_invalid.factor_needed.invalid.password_wrong']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'factors.show': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Factors']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'totp.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['NewTotp']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required.step_up_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'totp.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['FactorChange']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required.step_up_required']
      409: components['responses']['409.no_generator']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.last_factor']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'totp_confirmations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          code: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['FactorChange']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required']
      409: components['responses']['409.no_generator']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.code_invalid.invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'recovery_codes.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['FactorChange']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required.step_up_required']
      409: components['responses']['409.no_factor']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'passkey_offers.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['PasskeyCreationOffer']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required.step_up_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.passkeys_need_a_name']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'passkeys.index': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Passkey'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'passkeys.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          challenge_id: string
          name: string
          credential: {
            id: string
            rawId: string
            /** @enum {string} */
            type: 'public-key'
            response: {
              clientDataJSON: string
              attestationObject: string
              transports?: string[]
            } & {
              [key: string]: unknown
            }
          } & {
            [key: string]: unknown
          }
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['AddedPasskey']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required.step_up_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.passkey_invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'passkey_confirmation_offers.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['PasskeyRequestOffer']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.passkeys_need_a_name']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'passkey_confirmations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          challenge_id: string
          credential: {
            id: string
            rawId: string
            /** @enum {string} */
            type: 'public-key'
            response: {
              clientDataJSON: string
              authenticatorData: string
              signature: string
              userHandle?: string | null
            } & {
              [key: string]: unknown
            }
          } & {
            [key: string]: unknown
          }
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['OwnSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.forbidden.foreign_page.session_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.passkey_invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_sessions.index': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['BrowserSession'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_sessions.destroy_others': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['EndedSessions']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_sessions.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000070 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['BrowserSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'user_sessions.index': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000011 */
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['BrowserSession'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'user_sessions.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000011 */
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['EndedSessions']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'me.show': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Me']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'me.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/json': {
          name?: string
          /** @enum {string} */
          language?: 'fr' | 'en'
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Me']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'disablements.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000011 */
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['User']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.last_administrator']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'disablements.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000013 */
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['User']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'user_roles.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000011 */
        user: string
        /** @example nurse */
        role: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['User']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'user_roles.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000011 */
        user: string
        /** @example doctor */
        role: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['User']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.last_administrator']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_tokens.index': {
    parameters: {
      query?: {
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Token'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_tokens.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          name: string
          abilities: string[]
          expires_in: number
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['NewToken']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.ability_not_held.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_tokens.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000080 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Token']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'chart_links.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          national_id: string
          national_id_country?: string | null
          /** Format: date */
          dob: string
          code: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['ChartLink']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.account_has_chart']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.chart_not_linked.invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'chart_links.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['ChartLink']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.no_account_linked']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_account.change_password': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          current_password: string
          password: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['OwnSession']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.current_password_wrong.invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_account.change_email': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string
        }
      }
    }
    responses: {
      /** @description Done */
      202: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Mailed']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests.too_many_tries']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'own_account.close': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['ChangedAccount']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.last_administrator']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'invitations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          name: string
          /** Format: email */
          email: string
          roles?: string[]
          /** @enum {string} */
          language?: 'fr' | 'en'
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Account']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.registration_closed.second_factor_required.session_required.step_up_required']
      409: components['responses']['409.email_taken']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.unknown_role']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'invitations.repeat': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000014 */
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Account']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.registration_closed.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.account_active']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.account_without_address.invalid.user_disabled']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'factors.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000011 */
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['ResetFactors']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'passkeys.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000090 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['FactorChange']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.last_factor']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'passkeys.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000090 */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          name: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Passkey']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'devices.index': {
    parameters: {
      query?: {
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Device'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'devices.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          name: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['NewDevice']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.device_ended']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'devices.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-0000000000a0 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Device']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'user_devices.index': {
    parameters: {
      query?: {
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000010 */
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Device'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'user_devices.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000010 */
        user: string
        /** @example 01980a3e-5f00-7000-8000-0000000000a0 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Device']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'settings.show': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Settings']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'settings.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          name: string
          address: string[]
          phone?: string | null
          header: string[]
          languages: ('fr' | 'en')[]
          /** @enum {string} */
          language: 'fr' | 'en'
          /** @enum {string} */
          national_id_country: 'FR' | 'MA' | 'DZ' | 'TN' | 'ML' | 'SN' | 'CI' | 'CM' | 'BF' | 'generic'
          reason: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Settings']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required.session_required.step_up_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'sync.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          protocol: number
          /** Format: uuid */
          device_id: string
          /** Format: uuid */
          epoch?: string | null
          cursor?: string | null
          limit?: number
          scopes_digest?: string
          scopes?: string[]
          mutations: {
            /** Format: uuid */
            mutation_id: string
            client_seq: number
            /** @enum {string} */
            name:
              | 'patients.register'
              | 'patients.correct'
              | 'consultations.record'
              | 'consultations.correct'
              | 'consultations.cancel'
              | 'consultations.add_addendum'
              | 'prescriptions.prescribe'
              | 'prescriptions.amend'
              | 'prescriptions.stop'
              | 'prescriptions.add_addendum'
              | 'records.add'
              | 'records.amend'
              | 'records.add_addendum'
              | 'labs.enter'
              | 'labs.amend'
              | 'labs.validate'
              | 'labs.add_addendum'
            /** Format: uuid */
            client_generated_uuid: string
            base_version?: number | null
            base?: {
              [key: string]: unknown
            } | null
            data: {
              [key: string]: unknown
            }
            depends_on: string[]
            /** Format: date-time */
            client_updated_at: string
            lost?: {
              [key: string]: unknown
            }[]
          }[]
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SyncAnswer']
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.device_revoked.device_sign_in_needed.token_invalid.unauthenticated']
      403: components['responses']['403.device_required.forbidden.mirrored']
      404: components['responses']['404.not_found.mirrored']
      409: components['responses']['409.epoch_changed.mirrored']
      410: components['responses']['410.cursor_expired.mirrored']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.other_device.protocol_unknown.too_many_mutations.mirrored']
      /** @description The one write of the call was refused */
      424: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SyncAnswer']
        }
      }
      429: components['responses']['429.too_many_requests.mirrored']
      500: components['responses']['500.internal_error.mirrored']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable.mirrored']
    }
  }
  'sync.bootstrap': {
    parameters: {
      query?: {
        after?: string
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patients?: string
        today_from?: string
        today_to?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/x-ndjson':
            | components['schemas']['SyncBegin']
            | components['schemas']['SyncChart']
            | components['schemas']['SyncUnreadableChart']
            | components['schemas']['SyncEnd']
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.device_revoked.device_sign_in_needed.token_invalid.unauthenticated']
      403: components['responses']['403.device_required.forbidden']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'users.index': {
    parameters: {
      query?: {
        /** @example doctor */
        role?: string
        /** @example active */
        state?: 'active' | 'disabled'
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['User'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'users.show': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000011 */
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['User']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found.route_not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'roles.index': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Role'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'patient_searches.index': {
    parameters: {
      query?: {
        name?: string
        /** @example 1770412001042 */
        national_id?: string
        national_id_country?: string
        phone?: string
        dob?: string
        mrn?: string
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['PatientSummary'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'patients.index': {
    parameters: {
      query?: {
        /** @example diallo */
        name?: string
        national_id?: string
        national_id_country?: string
        phone?: string
        dob?: string
        mrn?: string
        /** @example 10 */
        limit?: number
        cursor?: string
        /** @example -updated_at */
        sort?: 'name' | '-name' | 'dob' | '-dob' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'
        retired?: 'true' | 'false'
        /** @example exact */
        count?: 'exact'
        include?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Patient'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'patients.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          mrn?: string
          family_name: string
          given_name: string
          /** @enum {string} */
          sex: 'female' | 'male' | 'other' | 'unknown'
          /** Format: date */
          dob: string
          national_id?: string | null
          national_id_country?: string | null
          phone?: string | null
          /** Format: email */
          email?: string | null
          address?: string | null
          /** Format: date-time */
          deceased_at?: string | null
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          /** @description The address of the new record. */
          'Location': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Patient']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.mrn_taken.national_id_taken.national_id_taken_ask.patient_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.born_after_death.invalid.mutation_id_reused']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'patients.show': {
    parameters: {
      query?: {
        include?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that is known already: the answer is then 304. */
        'If-None-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Patient']
          }
        }
      }
      /** @description Nothing has changed since the version that is known */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'patients.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Patient']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.already_retired.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'patients.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
          family_name?: string
          given_name?: string
          /** @enum {string} */
          sex?: 'female' | 'male' | 'other' | 'unknown'
          /** Format: date */
          dob?: string
          national_id?: string | null
          national_id_country?: string | null
          phone?: string | null
          /** Format: email */
          email?: string | null
          address?: string | null
          /** Format: date-time */
          deceased_at?: string | null
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Patient']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.national_id_taken.national_id_taken_ask.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.born_after_death.invalid']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'patient_restorations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000003 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Patient']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.not_retired.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'chart_codes.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000002 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['ChartCode']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.chart_has_account']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused.patient_retired']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'doctors.index': {
    parameters: {
      query?: {
        /** @example sow */
        name?: string
        /** @example doctor */
        role?: string
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Doctor'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'doctors.show': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000010 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['DoctorProfile']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'doctor_patients.index': {
    parameters: {
      query?: {
        ended?: 'true' | 'false'
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000010 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['DoctorPatient'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'assignments.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000011 */
        doctor: string
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Assignment']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.already_assigned']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused.not_a_clinician.user_disabled']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'assignments.destroy': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000010 */
        doctor: string
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Assignment']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.not_assigned']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'chart_consultations.index': {
    parameters: {
      query?: {
        /** @example finished */
        status?: 'planned' | 'in_progress' | 'finished' | 'cancelled'
        from?: string
        to?: string
        sort?: 'date' | '-date'
        /** @example prescriptions */
        include?: string
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Consultation'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'consultations.index': {
    parameters: {
      query?: {
        doctor_id?: string
        status?: 'planned' | 'in_progress' | 'finished' | 'cancelled'
        /** @example 2026-01-01T00:00:00Z */
        from?: string
        to?: string
        /** @example date */
        sort?: 'date' | '-date'
        /** @example patient */
        include?: string
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Consultation'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'consultations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          /** Format: uuid */
          patient_id: string
          /** Format: date-time */
          date: string
          reason?: string | null
          diagnosis?: string | null
          diagnosis_code?: string | null
          diagnosis_code_system?: string | null
          notes?: string | null
          /** Format: date */
          follow_up_on?: string | null
          /** @enum {string} */
          status?: 'planned' | 'in_progress' | 'finished'
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          /** @description The address of the new record. */
          'Location': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Consultation']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.record_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.before_birth.invalid.mutation_id_reused.patient_retired']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'consultations.show': {
    parameters: {
      query?: {
        /** @example patient,prescriptions,addenda */
        include?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that is known already: the answer is then 304. */
        'If-None-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Consultation']
          }
        }
      }
      /** @description Nothing has changed since the version that is known */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'consultations.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
          /** Format: date-time */
          date?: string
          reason?: string | null
          diagnosis?: string | null
          diagnosis_code?: string | null
          diagnosis_code_system?: string | null
          notes?: string | null
          /** Format: date */
          follow_up_on?: string | null
          /** @enum {string} */
          status?: 'planned' | 'in_progress' | 'finished'
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Consultation']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.addendum_required.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.before_birth.consultation_cancelled.invalid']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'cancellations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody: {
      content: {
        'application/json': {
          version?: number
          reason: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Consultation']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.addendum_required.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.already_cancelled.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'chart_prescriptions.index': {
    parameters: {
      query?: {
        /** @example active */
        status?: 'active' | 'completed' | 'stopped'
        sort?: 'prescribed_at' | '-prescribed_at'
        include?: string
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Prescription'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'prescriptions.index': {
    parameters: {
      query?: {
        status?: 'active' | 'completed' | 'stopped'
        /** @example prescribed_at */
        sort?: 'prescribed_at' | '-prescribed_at'
        /** @example addenda */
        include?: string
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        consultation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Prescription'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'prescriptions.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        consultation: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          medicine: string
          code?: string | null
          code_system?: string | null
          dosage?: string | null
          route?: string | null
          duration?: string | null
          notes?: string | null
          override_reason?: string | null
          /** Format: date-time */
          prescribed_at?: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          /** @description The address of the new record. */
          'Location': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Prescription']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.allergy_conflict.record_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.before_birth.consultation_cancelled.invalid.mutation_id_reused.patient_retired']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'prescriptions.show': {
    parameters: {
      query?: {
        /** @example patient,addenda */
        include?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that is known already: the answer is then 304. */
        'If-None-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        consultation: string
        /** @example 01980a3e-5f00-7000-8000-000000000030 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Prescription']
          }
        }
      }
      /** @description Nothing has changed since the version that is known */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'prescriptions.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        consultation: string
        /** @example 01980a3e-5f00-7000-8000-000000000030 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
          medicine?: string
          code?: string | null
          code_system?: string | null
          dosage?: string | null
          route?: string | null
          duration?: string | null
          notes?: string | null
          override_reason?: string | null
          /** Format: date-time */
          prescribed_at?: string
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Prescription']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.addendum_required.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.allergy_conflict.prescription_stopped.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.before_birth.consultation_cancelled.invalid']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'discontinuations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        consultation: string
        /** @example 01980a3e-5f00-7000-8000-000000000030 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Prescription']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.prescription_stopped.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'chart_records.index': {
    parameters: {
      query?: {
        /** @example allergy */
        type?: 'allergy' | 'condition' | 'history' | 'vaccination' | 'vital_signs' | 'procedure' | 'note'
        /** @example active */
        status?: 'active' | 'resolved' | 'entered_in_error'
        from?: string
        to?: string
        sort?: 'timeline_at' | '-timeline_at'
        /** @example addenda */
        include?: string
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['MedicalRecord'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'medical_records.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          /** Format: uuid */
          patient_id: string
          /** Format: uuid */
          consultation_id?: string | null
          /** @enum {string} */
          type: 'allergy' | 'condition' | 'history' | 'vaccination' | 'vital_signs' | 'procedure' | 'note'
          description: string
          code?: string | null
          code_system?: string | null
          /** Format: date-time */
          occurred_at?: string | null
          /** Format: date-time */
          ended_at?: string | null
          content?: {
            /** @enum {string} */
            severity?: 'mild' | 'moderate' | 'severe'
            reactions?: string[]
            /** @enum {string} */
            category?: 'food' | 'medication' | 'environment' | 'biologic'
            vaccine_code?: string
            lot_number?: string
            dose_number?: number
            site?: string
            measurements?: {
              name: string
              code?: string
              code_system?: string
              value: number
              unit: string
            }[]
          } | null
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          /** @description The address of the new record. */
          'Location': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['MedicalRecord']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.record_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.before_birth.consultation_of_other_patient.content_of_other_type.ends_before_it_begins.invalid.mutation_id_reused.patient_retired']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'medical_records.show': {
    parameters: {
      query?: {
        /** @example patient,addenda */
        include?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that is known already: the answer is then 304. */
        'If-None-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000041 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['MedicalRecord']
          }
        }
      }
      /** @description Nothing has changed since the version that is known */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'medical_records.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000041 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
          description?: string
          /** @enum {string} */
          status?: 'active' | 'resolved' | 'entered_in_error'
          code?: string | null
          code_system?: string | null
          /** Format: date-time */
          occurred_at?: string | null
          /** Format: date-time */
          ended_at?: string | null
          content?: {
            /** @enum {string} */
            severity?: 'mild' | 'moderate' | 'severe'
            reactions?: string[]
            /** @enum {string} */
            category?: 'food' | 'medication' | 'environment' | 'biologic'
            vaccine_code?: string
            lot_number?: string
            dose_number?: number
            site?: string
            measurements?: {
              name: string
              code?: string
              code_system?: string
              value: number
              unit: string
            }[]
          } | null
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['MedicalRecord']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.addendum_required.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.before_birth.content_of_other_type.ends_before_it_begins.invalid']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'chart_lab_results.index': {
    parameters: {
      query?: {
        /** @example final */
        status?: 'registered' | 'preliminary' | 'final' | 'amended'
        from?: string
        to?: string
        sort?: 'result_date' | '-result_date'
        /** @example addenda */
        include?: string
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['LabResult'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'lab_results.index': {
    parameters: {
      query?: {
        performed_by?: string
        /** @example preliminary */
        status?: 'registered' | 'preliminary' | 'final' | 'amended'
        from?: string
        to?: string
        /** @example result_date */
        sort?: 'result_date' | '-result_date'
        /** @example patient */
        include?: string
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['LabResult'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'lab_results.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          /** Format: uuid */
          patient_id: string
          /** Format: uuid */
          consultation_id?: string | null
          test_name: string
          result: string
          /** Format: date-time */
          result_date: string
          code?: string | null
          code_system?: string | null
          reference_range?: string | null
          flag?: ('L' | 'H' | 'LL' | 'HH' | 'N' | 'A') | null
          value?: string | null
          unit?: string | null
          /** @enum {string} */
          status?: 'registered' | 'preliminary'
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          /** @description The address of the new record. */
          'Location': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['LabResult']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.record_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.before_birth.consultation_of_other_patient.invalid.mutation_id_reused.patient_retired.result_in_future.unit_without_value']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'lab_results.show': {
    parameters: {
      query?: {
        /** @example addenda */
        include?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that is known already: the answer is then 304. */
        'If-None-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000051 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['LabResult']
          }
        }
      }
      /** @description Nothing has changed since the version that is known */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'lab_results.update': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000051 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
          test_name?: string
          result?: string
          /** Format: date-time */
          result_date?: string
          code?: string | null
          code_system?: string | null
          reference_range?: string | null
          flag?: ('L' | 'H' | 'LL' | 'HH' | 'N' | 'A') | null
          value?: string | null
          unit?: string | null
          /** @enum {string} */
          status?: 'registered' | 'preliminary'
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['LabResult']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.addendum_required.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.already_validated.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.before_birth.invalid.result_in_future.unit_without_value']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'validations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description The version that was read, as ETag gave it. */
        'If-Match'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000050 */
        id: string
      }
      cookie?: never
    }
    /** @description The version that was read is given in If-Match or in version; one of the two is needed. */
    requestBody?: {
      content: {
        'application/json': {
          version?: number
        }
      }
    }
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          /** @description The record’s version, to be sent back in If-Match. */
          'ETag': string
          /** @description When it was last changed. */
          'Last-Modified': string
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['LabResult']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.already_validated.stale_version']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      428: components['responses']['428.version_required']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'timeline.index': {
    parameters: {
      query?: {
        /** @example consultation,lab_result */
        kinds?: string
        /** @example 2020-01-01T00:00:00Z */
        from?: string
        to?: string
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: (
              | components['schemas']['TimelineConsultation']
              | components['schemas']['TimelinePrescription']
              | components['schemas']['TimelineMedicalRecord']
              | components['schemas']['TimelineLabResult']
            )[]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'histories.patients': {
    parameters: {
      query?: {
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['PatientVersion'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'histories.consultations': {
    parameters: {
      query?: {
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['ConsultationVersion'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'addenda.consultations.index': {
    parameters: {
      query?: {
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Addendum'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'addenda.consultations.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          text: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Addendum']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.record_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'histories.prescriptions': {
    parameters: {
      query?: {
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        consultation: string
        /** @example 01980a3e-5f00-7000-8000-000000000030 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['PrescriptionVersion'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'addenda.prescriptions.index': {
    parameters: {
      query?: {
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        consultation: string
        /** @example 01980a3e-5f00-7000-8000-000000000030 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Addendum'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'addenda.prescriptions.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000020 */
        consultation: string
        /** @example 01980a3e-5f00-7000-8000-000000000030 */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          text: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Addendum']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.record_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'histories.medical_records': {
    parameters: {
      query?: {
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000040 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['MedicalRecordVersion'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'addenda.medical_records.index': {
    parameters: {
      query?: {
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000040 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Addendum'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'addenda.medical_records.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000040 */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          text: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Addendum']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.record_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'histories.lab_results': {
    parameters: {
      query?: {
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000050 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['LabResultVersion'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'addenda.lab_results.index': {
    parameters: {
      query?: {
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000050 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Addendum'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'addenda.lab_results.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000050 */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          id?: string
          text: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Addendum']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.record_exists']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'alerts.index': {
    parameters: {
      query?: {
        /** @example open */
        state?: 'open' | 'reviewed'
        /** @example emergency_access */
        kind?: 'emergency_access' | 'late_entry'
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Alert'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'alerts.show': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000060 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Alert']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'alert_reviews.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000060 */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Alert']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.already_reviewed']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused.own_alert']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'emergency_accesses.store': {
    parameters: {
      query?: never
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
        /** @description A key that the caller chooses: repeated within 24 hours, the request is carried out only once. */
        'Idempotency-Key'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000002 */
        patient: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          reason: string
        }
      }
    }
    responses: {
      /** @description Created */
      201: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['EmergencyAccess']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      409: components['responses']['409.already_open']
      410: components['responses']['410.patient_erased']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid.mutation_id_reused']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'audit_logs.index': {
    parameters: {
      query?: {
        user?: string
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient?: string
        action?: string
        /** @example done */
        outcome?: 'done' | 'refused' | 'failed'
        /** @example 2026-01-01T00:00:00Z */
        from?: string
        to?: string
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['AuditLog'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
  'accesses.index': {
    parameters: {
      query?: {
        from?: string
        to?: string
        /** @example 10 */
        limit?: number
        cursor?: string
      }
      header?: {
        /** @description fr (the default) or en: the language of refusals. */
        'Accept-Language'?: string
      }
      path: {
        /** @example 01980a3e-5f00-7000-8000-000000000001 */
        patient: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done */
      200: {
        headers: {
          /** @description The language of the answer. */
          'Content-Language': 'fr' | 'en'
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Access'][]
            meta: components['schemas']['PageMeta']
          }
        }
      }
      400: components['responses']['400.malformed_body.malformed_request.two_credentials']
      401: components['responses']['401.session_over.token_invalid.unauthenticated']
      403: components['responses']['403.csrf_token_invalid.enrolment_required.forbidden.foreign_page.second_factor_required']
      404: components['responses']['404.not_found']
      413: components['responses']['413.too_large']
      415: components['responses']['415.unsupported_media_type']
      422: components['responses']['422.invalid']
      429: components['responses']['429.too_many_requests']
      500: components['responses']['500.internal_error']
      503: components['responses']['503.audit_unavailable.database_unavailable.keys_unavailable.sessions_unavailable']
    }
  }
}
