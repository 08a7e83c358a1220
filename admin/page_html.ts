/**
 * What AdminJS writes into its page is closed here: a font of another site; values inside a script, where `</script>`
 * would end it; scripts without the nonce that the page's policy asks for.
 */
export function closedPage(html: string, nonce: string): string {
  const [head, rest] = halves(html)
  return `${head}${rest}`
    .replaceAll(/<link[^>]+fonts\.googleapis\.com[^>]*>\s*/g, '')
    .replaceAll(/<script(?=[\s>])/g, `<script nonce="${nonce}"`)
}

/** The first script holds values; everything in it that could end it, or begin another, is written as JSON may. */
function halves(html: string): [string, string] {
  const from = html.indexOf('<script>') + '<script>'.length
  const values = html.indexOf('window.THEME_COMPONENTS', from)
  if (values < 0) throw new Error('The page of the back office is not the one that is known')
  const script = html
    .slice(from, values)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return [html.slice(0, from) + script, html.slice(values)]
}
