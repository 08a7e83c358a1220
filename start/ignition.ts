/** Root of the running code: the checkout when it runs from source, `build/` when compiled. */
export const APP_ROOT = new URL('../', import.meta.url)

/** How the framework imports the files that adonisrc.ts names. */
export function importer(filePath: string) {
  return filePath.startsWith('./') || filePath.startsWith('../')
    ? import(new URL(filePath, APP_ROOT).href)
    : import(filePath)
}
