/** Apostrophes, if any, before what a spreadsheet takes for the beginning of a formula, in letters of any width. */
const marked = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * A text of one's own that looks as if it had been kept from being run gets one more apostrophe, so that taking one off gives
 * every text back as it was.
 */
export function guardApostrophe(text: string): string {
  return marked.test(text) ? `'${text}` : text
}

/** A cell without the apostrophe that keeps a spreadsheet from running it: `'+49 30` is `+49 30`. */
export function withoutApostrophe(cell: string): string {
  return marked.test(cell) ? cell.slice(1) : cell
}
