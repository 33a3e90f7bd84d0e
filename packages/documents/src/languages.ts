/** The same in each language that we have words in. */
interface InEachLanguage<Said> {
  en: Said
  de: Said
  fr: Said
  ar: Said
}

/** What is said to people of a locale: in its language where we have words in it; everybody else reads English. */
export function inLanguageOf<Said>(locale: string, said: InEachLanguage<Said>): Said {
  const { language } = new Intl.Locale(locale)
  return Object.hasOwn(said, language) ? said[language as keyof InEachLanguage<Said>] : said.en
}

/** Whether people of a locale read from right to left, as far as we have words or letters for them. */
export function isRightToLeft(locale: string): boolean {
  return ['ar', 'he', 'fa', 'ur'].includes(new Intl.Locale(locale).language)
}
