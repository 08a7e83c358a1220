// What the tools say before the application, with its own translations, is there.
export const texts = {
  fr: {
    nodeTooOld:
      'MedInfo a besoin de Node 24 ou plus récent ; ici il y a {version}, et aucun Node n’est fourni pour ce système.',
    dependenciesCurrent: 'Dépendances : déjà installées',
    dependenciesInstalling: 'Dépendances : installation, une minute environ…',
    dependenciesInstalled: 'Dépendances : installées',
    dependenciesFailed: 'L’installation des dépendances a échoué (npm ci, code {code}) :',
    npmMissing: 'npm est introuvable : il accompagne Node, voir https://nodejs.org.',
    buildCurrent: 'Compilation : à jour',
    buildRunning: 'Compilation…',
    buildDone: 'Compilation : faite',
    buildFailed: 'La compilation a échoué (code {code}) :',
    notWritable: 'Impossible d’écrire dans {path} : {reason}.',
    seconds: '{seconds} s',
  },
  en: {
    nodeTooOld: 'MedInfo needs Node 24 or later; this machine has {version}, and none is packaged for this system.',
    dependenciesCurrent: 'Dependencies: installed already',
    dependenciesInstalling: 'Dependencies: installing, about a minute…',
    dependenciesInstalled: 'Dependencies: installed',
    dependenciesFailed: 'The dependencies could not be installed (npm ci, code {code}):',
    npmMissing: 'npm was not found: it comes with Node, see https://nodejs.org.',
    buildCurrent: 'Build: up to date',
    buildRunning: 'Building…',
    buildDone: 'Build: done',
    buildFailed: 'The build failed (code {code}):',
    notWritable: 'Cannot write to {path}: {reason}.',
    seconds: '{seconds} s',
  },
}

/** POSIX: LC_ALL wins over LC_MESSAGES, which wins over LANG; an empty one does not count. */
export function languageOf(env = process.env) {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^en/i.test(locale) ? 'en' : 'fr'
}

export function say(key, values = {}, language = languageOf()) {
  return texts[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
}

/** A step that is done, with its time: "Build: done (7.4 s)", the comma where French writes one. */
export function stepLine(text, startedAt, language = languageOf()) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const written = language === 'fr' ? seconds.replace('.', ',') : seconds
  return `${text} (${say('seconds', { seconds: written }, language)})`
}
