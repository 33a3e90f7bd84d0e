import { expect, test } from 'vitest'
import { forEveryCompany, offer } from '../companies.fixture.ts'
import { consentsIn, localeOf } from '../contracts/consents.ts'
import { signContract } from '../contracts/sign-contract.ts'
import { acceptQuote } from '../quotes/accept-quote.ts'
import { composeMail } from './compose-mail.ts'

/** What a customer reads of one quote that becomes a contract and two invoices, in the order of reading. */
const readings = {
  'de-DE': {
    currency: 'EUR',
    title: /^Vertrag zu \S+$/,
    between: /^Zwischen Meine & Söhne und .+, zum Angebot \S+\.$/,
    body: [
      'Wann',
      '12. Juni 2027, 18:00 – 23:00, Mitteleuropäische Zeit',
      'Was',
      'Steuer',
      'Gesamt',
      '30 % des Gesamtbetrags sind bei Unterschrift dieses Vertrags fällig.',
      'Bedingungen',
    ],
    deposit: /^Anzahlung von 30 % auf \S+$/,
    back: /^Abzüglich: Anzahlung von 30 % auf \S+$/,
    parts: ['Rate 1 von 2', 'Rate 2 von 2'],
    mail: /^Angebot \S+ · Meine & Söhne$/,
  },
  'ar-KW': {
    currency: 'KWD',
    title: /^عقد بشأن \S+$/,
    between: /^بين Meine & Söhne و.+، بشأن عرض السعر \S+\.$/,
    body: [
      'الموعد',
      '12 يونيو 2027, 6:00 م – 11:00 م, توقيت وسط أوروبا',
      'الخدمات',
      'الضريبة',
      'الإجمالي',
      'يستحق 30% من الإجمالي عند توقيع هذا العقد.',
      'الشروط',
    ],
    deposit: /^دفعة مقدمة بنسبة 30% عن \S+$/,
    back: /^يخصم: دفعة مقدمة بنسبة 30% عن \S+$/,
    parts: ['الدفعة 1 من 2', 'الدفعة 2 من 2'],
    mail: /^عرض سعر \S+ · Meine & Söhne$/,
  },
  // There are no words in Spanish: English ones, with the days and amounts of Spain.
  'es-ES': {
    currency: 'EUR',
    title: /^Contract about \S+$/,
    between: /^Between Meine & Söhne and .+, about quote \S+\.$/,
    body: [
      'When',
      '12 de junio de 2027, 18:00 – 23:00, hora de Europa central',
      'What',
      'Tax',
      'Total',
      '30 % of the total are due when this contract is signed.',
      'Terms',
    ],
    deposit: /^Deposit of 30 % on \S+$/,
    back: /^Less: Deposit of 30 % on \S+$/,
    parts: ['Part 1 of 2', 'Part 2 of 2'],
    mail: /^Quote \S+ · Meine & Söhne$/,
  },
}

forEveryCompany((desks) => {
  test.each(Object.entries(readings))(
    'a customer of a company in %s reads contract, invoices and mail in its language, with its days and amounts',
    async (locale, expected) => {
      const { mine } = desks()
      const { currency } = expected
      await mine.write((db) => db.company.put({ name: 'Meine & Söhne', timeZone: 'Europe/Berlin', locale, currency }))
      const terms = { title: null, terms: 'x', depositPpm: 300_000, instalments: 2, balanceDueDays: 10 }
      const { quote } = await offer(mine, { currency, ...terms })
      const { contract } = await mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada' }))
      expect(contract.title).toMatch(expected.title)
      const said = textsOf(contract.bodyHtml)
      expect(said).toContainEqual(expect.stringMatching(expected.between))
      expect(said).toEqual(expect.arrayContaining(expected.body))
      const money = new Intl.NumberFormat(`${locale}-u-nu-latn`, { style: 'currency', currency })
      const minor = 10 ** (money.resolvedOptions().maximumFractionDigits ?? 0)
      expect(said).toContain(plain(money.format(quote.totalMinor / minor)))
      expect(said).toContain(plain(money.format(quote.taxMinor / minor)))

      const { invoices } = await mine.write(async (db) =>
        signContract(db, {
          ...contract,
          signerId: contract.signers[0]?.id ?? '',
          signature: { kind: 'typed', value: 'Ada', consent: consentsIn(await localeOf(db)).typed },
          ip: null,
          userAgent: null,
        }),
      )
      const [deposit, balance] = invoices
      for (const { name } of deposit?.lines ?? []) expect(plain(name)).toMatch(expected.deposit)
      expect(deposit?.lines).not.toEqual([])
      expect(plain(balance?.lines.at(-1)?.name ?? '')).toMatch(expected.back)
      expect(balance?.schedule.map(({ label }) => label)).toEqual(expected.parts)

      await mine.write(async (db) => {
        const sent = { kind: 'quote', id: quote.id, accountId: quote.accountId, contactId: null } as const
        const letter = await composeMail(db, { ...sent, number: quote.number }, { subject: null, message: ' ' })
        expect(letter.subject).toMatch(expected.mail)
        expect(`${letter.bodyText} · Meine & Söhne`).toBe(letter.subject)
      })
    },
  )
})

/** What stands between the tags, in the letters that somebody would type. */
function textsOf(html: string): string[] {
  const typed = (text: string) => text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  return html.split(/<[^>]*>/).flatMap((text) => (text === '' ? [] : [plain(typed(text))]))
}

/** Without the marks of direction and the unbreakable spaces that `Intl` writes, which differ between versions of it. */
function plain(text: string): string {
  return text.replaceAll(/[\u200e\u200f\u061c]/g, '').replaceAll(/[\u00a0\u202f]/g, ' ')
}
