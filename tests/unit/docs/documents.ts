import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const IN_ROOT = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']

export const read = (file: string) => readFileSync(file, 'utf8')

export const markdownIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .sort()

/** Every document of the project, by path. */
export function documents(): string[] {
  const folders = readdirSync('docs', { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory())
  const inDocs = ['docs', ...folders.map((entry) => join(entry.parentPath, entry.name))].flatMap(markdownIn)
  return [...IN_ROOT.filter((file) => existsSync(file)), ...inDocs]
}

/** Folders of the project that are not made on the machine. */
export function foldersIn(folder: string): string[] {
  const made = new Set(['.git', ...read('.gitignore').trim().split('\n')])
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !made.has(entry.name))
    .map((entry) => join(folder, entry.name))
    .filter((path) => readdirSync(path).length > 0)
}

/** A document without its blocks of code, in which `#` is a comment and `[…](…)` an example. */
export const proseOf = (text: string) => text.replace(/^ *```[^]*?^ *```$/gm, '')

export const headingsOf = (text: string) =>
  [...proseOf(text).matchAll(/^(#+) (.*)$/gm)].map(([, marks, title]) => ({ level: marks!.length, title: title! }))

/** The anchor that GitHub gives a heading. */
export const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

export const linksIn = (text: string) => [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!)

/** Files and folders of the project named in `code`: those that begin with one of its folders. */
export function pathsIn(text: string): string[] {
  const folders = foldersIn('.').join('|').replaceAll('.', '\\.')
  const named = [...proseOf(text).matchAll(new RegExp(`\`((?:${folders})/[^\`\\s]*)\``, 'g'))].map(([, path]) => path!)
  return named.filter((path) => !/[<*…]|NNNN/.test(path))
}
