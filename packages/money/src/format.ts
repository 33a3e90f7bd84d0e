/** How many decimals a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** An amount in minor units as people of a locale write it. Never passes through a fraction, so it is exact to the last cent. */
export function formatMinor(minor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const decimal = digits === 0 ? whole : `${whole}.${text.slice(-digits)}`
  // `format` takes a decimal as text and does not round it through a number (ECMA-402, 2023); the types know numbers only.
  const exact = `${minor < 0 ? '-' : ''}${decimal}` as unknown as number
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(exact)
}
