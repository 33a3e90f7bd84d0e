import { listCurrencies, listLocales, listTimeZones } from '../../format/choices.ts'
import { listCountries } from '../../format/countries.ts'
import type { ComboboxItem } from '../ui/combobox.tsx'

/* The long lists of forms, made once when a form first needs them. */

export const countryItems = once(() => listCountries().map(codeItem))
export const currencyItems = once(() =>
  listCurrencies().map(({ code, name }) => ({ value: code, label: `${code}, ${name}` })),
)
export const localeItems = once(() => listLocales().map(codeItem))
export const timeZoneItems = once(() =>
  listTimeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
)

function codeItem({ code, name }: { code: string; name: string }): ComboboxItem {
  return { value: code, label: name }
}

function once(make: () => ComboboxItem[]): () => ComboboxItem[] {
  let items: ComboboxItem[] | undefined
  return () => (items ??= make())
}
