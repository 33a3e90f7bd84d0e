import { Font } from '@react-pdf/renderer'
import { fileURLToPath } from 'node:url'

/**
 * Each holds the letters of one script; a text takes its letters from the first that has them. The Arabic one draws each
 * letter whole: where dots are glyphs of their own, the layout puts them beside it.
 */
const families = {
  Latin: import.meta.resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff'),
  'Latin bold': import.meta.resolve('@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff'),
  'Latin ext': import.meta.resolve('@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff'),
  'Latin ext bold': import.meta.resolve('@fontsource/noto-sans/files/noto-sans-latin-ext-700-normal.woff'),
  Greek: import.meta.resolve('@fontsource/noto-sans/files/noto-sans-greek-400-normal.woff'),
  'Greek bold': import.meta.resolve('@fontsource/noto-sans/files/noto-sans-greek-700-normal.woff'),
  Cyrillic: import.meta.resolve('@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff'),
  'Cyrillic bold': import.meta.resolve('@fontsource/noto-sans/files/noto-sans-cyrillic-700-normal.woff'),
  Arabic: import.meta.resolve('@fontsource/tajawal/files/tajawal-arabic-400-normal.woff'),
  'Arabic bold': import.meta.resolve('@fontsource/tajawal/files/tajawal-arabic-700-normal.woff'),
  Hebrew: import.meta.resolve('@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-400-normal.woff'),
  'Hebrew bold': import.meta.resolve('@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-700-normal.woff'),
}

const scripts = ['Latin', 'Latin ext', 'Greek', 'Cyrillic', 'Arabic', 'Hebrew']
export const regular = scripts
export const bold = scripts.map((script) => `${script} bold`)

let isReady = false

/** The files lie beside the program; nothing is fetched. */
export function readyFonts(): void {
  if (isReady) return
  for (const [family, address] of Object.entries(families)) Font.register({ family, src: fileURLToPath(address) })
  // A name or an amount that is cut in two is read wrongly.
  Font.registerHyphenationCallback((word) => [word])
  isReady = true
}
