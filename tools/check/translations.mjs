// Every text is there in French and in English, with the same placeholders.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { argumentsOf } from './icu_arguments.mjs'

const LANGUAGES = ['fr', 'en']
/* As AdminJS' dictionary has them. */
const DOUBLED = /\{\{(\w+)\}\}/g

/**
 * @param {string} folder holds one folder a language, with JSON or YAML files of nested texts
 * @returns {{problems: string[], texts: number}} one sentence a difference
 */
export function compareTranslations(folder) {
  const [fr, en] = LANGUAGES.map((language) => readTexts(join(folder, language)))
  const keys = [...new Set([...fr.keys(), ...en.keys()])].sort()
  return { problems: keys.flatMap((key) => compareText(key, fr.get(key), en.get(key))), texts: keys.length }
}

function compareText(key, french, english) {
  if (french === undefined) return [`${key}: missing in fr`]
  if (english === undefined) return [`${key}: missing in en`]
  if (french.trim() === '' || english.trim() === '') return [`${key}: empty`]
  try {
    const [inFrench, inEnglish] = [french, english].map((text) => argumentsOf(text.replaceAll(DOUBLED, '{$1}')))
    if (inFrench.join() === inEnglish.join()) return []
    return [`${key}: placeholders differ, fr {${inFrench.join(', ')}}, en {${inEnglish.join(', ')}}`]
  } catch (error) {
    return [`${key}: ${error.message}`]
  }
}

/** Texts by `file:nested.key`. */
function readTexts(folder) {
  const texts = new Map()
  if (!existsSync(folder)) return texts
  const files = readdirSync(folder, { recursive: true }).filter((name) => /\.(json|ya?ml)$/.test(name))
  for (const file of files) {
    const content = parse(readFileSync(join(folder, file), 'utf8')) ?? {}
    collect(content, `${file.replace(/\.\w+$/, '')}:`, texts)
  }
  return texts
}

function collect(value, path, texts) {
  if (value === null || typeof value !== 'object') return texts.set(path, String(value ?? ''))
  for (const [key, inner] of Object.entries(value))
    collect(inner, path.endsWith(':') ? path + key : `${path}.${key}`, texts)
}
