/** Of the HTML of a contract, what never shows: it is not text, whatever is in it. Page and PDF leave out the same. */
export const hiddenElements: ReadonlySet<string> = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'iframe',
  'object',
])
