import { ContractStatus } from '@tenantry/contracts/contracts'
import { InvoiceState } from '@tenantry/contracts/invoices'
import { QuoteStatus } from '@tenantry/contracts/quotes'
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import { renderDocument } from './render.ts'
import { arabicInvoice, contract, germanQuote, invoice, longQuote, yenInvoice } from './samples.fixture.ts'
import { documentFileName, type DocumentView } from './view.ts'
import { voidMarkOfContract, voidMarkOfInvoice, voidMarkOfQuote } from './void-mark.ts'

test('a quote says what is offered, in the language and the currency of whoever sends it', async () => {
  const [page, ...others] = await textOf({ kind: 'quote', document: germanQuote() })
  expect(others).toEqual([])
  expect(page).toMatchInlineSnapshot(`
    "Blitzlicht Fotoboxen GmbH Angebot
    Q-0042
    Fassung 2
    Für
    Müller & Søn Hochzeiten
    Datum 2. Mai 2027
    Gültig bis 1. Juni 2027
    Hochzeit Łukasz & Zoë, Schloss Elmau
    Beschreibung Menge Preis Betrag
    Fotobox «Goldener Abend»
    Vier Stunden mit Betreuung, Requisiten und Druck vor Ort.
    Auf- und Abbau sind enthalten.
    1 890,00 € 890,00 €
    Verlängerung
    Rabatt: -20,00 €
    1,5 120,00 € 160,00 €
    Gästebuch
    Leinen, 60 Seiten
    1 49,90 € 49,90 €
    Zwischensumme 1.119,90 €
    Rabatt -20,00 €
    Steuer 7 % 3,49 €
    Steuer 19 % 199,50 €
    Gesamt 1.302,89 €
    Fällig bei Unterschrift des Vertrags: 30 %
    Bedingungen
    Die Anfahrt bis 50 km ist enthalten.
    Eine Stornierung ist bis 30 Tage vorher kostenlos.
    Blitzlicht Fotoboxen GmbH · Angebot Q-0042 Seite 1 von 1
    "
  `)
})

test('each page of what counts for nothing any more says so and why, in the language of whoever sends it', async () => {
  const french = { name: 'Lumen', locale: 'fr-FR' }
  const marked: [DocumentView, string][] = [
    [{ kind: 'quote', document: germanQuote({ status: 'withdrawn' }) }, 'Ungültig: zurückgezogen'],
    [{ kind: 'quote', document: { ...longQuote(), status: 'declined' } }, 'Not valid: declined'],
    [{ kind: 'contract', document: contract({ status: 'voided', company: french }) }, 'Non valable : annulation'],
    // The words of one line come from left to right.
    [{ kind: 'invoice', document: { ...arabicInvoice(), state: 'void' } }, 'ملغى صالح غير'],
  ]
  const counts: number[] = []
  for (const [view, mark] of marked) {
    const pages = await textOf(view)
    for (const page of pages) expect(lettersOf(page).indexOf(lettersOf(mark))).toBe(0)
    counts.push(pages.length)
  }
  expect(Math.max(...counts)).toBeGreaterThan(1)
})

test('valid is what is on offer, agreed on or owed', () => {
  const quotes = QuoteStatus.options.map((status) => [status, voidMarkOfQuote({ status, isExpired: false })])
  expect(quotes.filter(([, mark]) => mark === undefined).map(([status]) => status)).toEqual([
    'draft',
    'sent',
    'viewed',
    'accepted',
    'converted',
  ])
  expect(voidMarkOfQuote({ status: 'viewed', isExpired: true })).toBe('expired')
  expect(ContractStatus.options.filter((status) => voidMarkOfContract(status) === undefined)).toEqual([
    'draft',
    'sent',
    'viewed',
    'signed',
    'completed',
  ])
  expect(InvoiceState.options.filter((state) => voidMarkOfInvoice({ state }) !== undefined)).toEqual(['void'])
})

test('what can be added to a quote stands below what it comes to', async () => {
  const quote = germanQuote()
  const option = { id: '01890a5d-ac96-774b-bcce-b302099a8057' as never, isSelected: false }
  const [booth, ...others] = quote.lines.map((line, i) => (i === 0 ? line : { ...line, option }))
  if (booth === undefined) throw new Error('the quote has no lines')
  const [page = ''] = await textOf({ kind: 'quote', document: { ...quote, lines: [...others, booth] } })
  const [, counted, added] = /Beschreibung([^]*)Gesamt[^]*Auf Wunsch dazu([^]*)Bedingungen/.exec(page) ?? []
  expect([counted, added].map((part) => /Fotobox/.test(part ?? ''))).toEqual([true, false])
  expect([counted, added].map((part) => /Gästebuch/.test(part ?? ''))).toEqual([false, true])
})

test('an invoice says who owes what, and what was paid already', async () => {
  expect((await textOf({ kind: 'invoice', document: invoice() }))[0]).toMatchInlineSnapshot(`
    "Lumen Photo Booths LLC Deposit invoice
    INV-2027-0107
    For
    Ada Byron
    12 Analytical Row
    Austin, TX 78701
    United States
    Date May 2, 2027
    Due May 16, 2027
    Your order PO 7781
    Description Quantity Price Amount
    Photo booth, four hours
    With attendant and prints
    1 $1,200.00 $1,200.00
    Second attendant 4 $45.00 $180.00
    Subtotal $1,380.00
    Tax 8.875% $122.48
    Total $1,502.48
    Paid -$500.00
    Amount due $1,002.48
    Payments
    First part May 16, 2027 $500.00
    Rest June 16, 2027 $1,002.48
    Lumen Photo Booths LLC · Deposit invoice INV-2027-0107 Page 1 of 1
    "
  `)
})

test('a contract is its text without a word left out, its signatures and its fingerprint', async () => {
  const [page] = await textOf({ kind: 'contract', document: contract() })
  expect(page).toMatchInlineSnapshot(`
    "Lumen Photo Booths LLC Contract
    C-0007
    Photo booth for a gala
    For
    Byron Ltd.
    A gala at the Analytical Hall
    Between Lumen Photo Booths LLC and Byron Ltd., about quote Q-0042 & its terms.
    When
    • 2027-06-12, 18:00 – 22:00, Europe/Berlin
    • Rehearsal the day before
    What
    Photo booth 1 $1,200.00
    Total $1,306.50
    Terms
    First line.
    Second line kept.
    Loose text.
    Signatures
    Ada K. Byron
    Ada Byron
    Client
    Signed on May 3, 2027 UTC
    Charles Babbage
    witness
    Not signed yet
    How it was signed
    Signer: Ada Byron <ada@example.com>
    Agreed to: I have read this contract and agree to it.
    Time: May 3, 2027 at 10:15:00 AM UTC
    Internet address: 203.0.113.7
    Fingerprint of the text (SHA-256): abababababababababababababababababababababababababababababababab
    Lumen Photo Booths LLC · Contract C-0007 Page 1 of 1
    "
  `)
  expect(page).not.toContain('never')
})

test('a signature that was drawn is drawn, and what is said to be drawn and is not is left out', async () => {
  const [strokes, other] = await Promise.all(
    ['M60 150L140 40L220 150', 'data:image/png;base64,iVBORw0KGgo='].map((value) => {
      const signer = { name: 'Ada', role: 'client', signedAt: '2027-05-03T10:15:00Z' }
      const signers = [{ ...signer, signature: { kind: 'drawn' as const, value } }]
      return roundPensIn({ kind: 'contract', document: contract({ signers }) })
    }),
  )
  expect([strokes, other]).toEqual([1, 0])
})

test('a currency without decimals has none, and one with three has three', async () => {
  const [yen] = await textOf({ kind: 'invoice', document: yenInvoice() })
  expect(yen).toContain('¥107,800')
  const [dinar] = await textOf({ kind: 'invoice', document: arabicInvoice() })
  expect(dinar).toContain('131.775')
})

test('a language that is written from the right is', async () => {
  const { items } = await itemsOf({ kind: 'invoice', document: arabicInvoice() })
  const [width, company] = [595, items.find(({ text }) => /[\u0600-\u06FF\uFB50-\uFEFC]/.test(text))]
  expect((company?.x ?? 0) + (company?.width ?? 0)).toBeGreaterThan(width / 2)
  const latin = await itemsOf({ kind: 'invoice', document: invoice() })
  expect(latin.items.find(({ text }) => text.includes('Lumen'))?.x).toBeLessThan(60)
})

test('many lines go over several pages, each with the head of the table and its number', async () => {
  const pages = await textOf({ kind: 'quote', document: longQuote() })
  expect(pages.length).toBeGreaterThan(2)
  for (const [i, page] of pages.entries()) expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
  const all = pages.join('\n')
  for (let n = 1; n <= 60; n++) expect(all).toContain(`Item ${n} 1 $10.00`)
  expect(all.match(/Description/g)?.length).toBeGreaterThanOrEqual(pages.length - 1)
})

test('a name that is no path makes a file name that is none', () => {
  const document = germanQuote({ number: '../../Q 42/ü' })
  expect(documentFileName({ kind: 'quote', document })).toBe('quote-..-..-Q-42-.pdf')
  expect(documentFileName({ kind: 'invoice', document: invoice({ number: null }) })).toBe('invoice-draft.pdf')
})

test('one document that cannot be drawn keeps no other from being drawn', async () => {
  const broken = germanQuote({ currency: 'not a currency' })
  await expect(renderDocument({ kind: 'quote', document: broken })).rejects.toThrow(RangeError)
  expect((await renderDocument({ kind: 'quote', document: germanQuote() })).subarray(0, 5).toString()).toBe('%PDF-')
})

/** How often a page takes a pen that begins and ends round, which only signatures are drawn with. */
async function roundPensIn(view: DocumentView): Promise<number> {
  const pdf = await getDocument({ data: new Uint8Array(await renderDocument(view)), verbosity: 0 }).promise
  const { fnArray } = await (await pdf.getPage(1)).getOperatorList()
  return fnArray.filter((operation) => operation === OPS.setLineCap).length
}

async function itemsOf(view: DocumentView) {
  const pdf = await getDocument({ data: new Uint8Array(await renderDocument(view)), verbosity: 0 }).promise
  const content = await (await pdf.getPage(1)).getTextContent()
  const items = content.items.flatMap((item) =>
    'str' in item && item.str.trim() !== ''
      ? [{ text: item.str, x: item.transform[4] as number, width: item.width }]
      : [],
  )
  return { items }
}

/** Letters without the shapes that they have in a word. */
function lettersOf(text: string): string {
  return text.normalize('NFKC').replaceAll(/[^\p{L}]/gu, '')
}

/** The text of each page, a line for each line. */
async function textOf(view: DocumentView): Promise<string[]> {
  const pdf = await getDocument({ data: new Uint8Array(await renderDocument(view)), verbosity: 0 }).promise
  const pages: string[] = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent()
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    pages.push(`${text.replaceAll(/[\u00A0\u202F]/g, ' ').replaceAll(/ +\n/g, '\n')}\n`)
  }
  return pages
}
