/** Zone names as `Intl` and Postgres accept them. */
export function listTimeZones(): string[] {
  const zones = Intl.supportedValuesOf('timeZone')
  return zones.includes('UTC') ? zones : [...zones, 'UTC']
}

/** Currency codes with their names, e.g. `USD` and «US Dollar». */
export function listCurrencies(locale = 'en-US'): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ code, name: names.of(code) ?? code }))
}

/** Languages with a region, as they decide how dates and money are written. */
export function listLocales(locale = 'en-US'): { code: string; name: string }[] {
  const collator = new Intl.Collator(locale)
  return locales
    .map((code) => ({ code, name: localeName(code, locale) }))
    .toSorted((one, other) => collator.compare(one.name, other.name))
}

export function localeName(code: string, locale = 'en-US'): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code
  } catch {
    // A stored tag may be one that this browser calls malformed; it is still better shown than hidden.
    return code
  }
}

const locales =
  'ar-AE ar-EG ar-SA bg-BG ca-ES cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IE en-IN en-NZ en-US en-ZA es-AR es-ES es-MX et-EE fi-FI fr-BE fr-CA fr-CH fr-FR he-IL hi-IN hr-HR hu-HU id-ID is-IS it-CH it-IT ja-JP ko-KR lt-LT lv-LV ms-MY nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI sr-RS sv-SE th-TH tr-TR uk-UA vi-VN zh-CN zh-HK zh-TW'.split(
    ' ',
  )
