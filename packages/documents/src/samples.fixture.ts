import type { PublicInvoice, PublicQuote } from '@tenantry/contracts/public-links'
import { amountsOf, totalsOf } from '@tenantry/money/lines'
import type { ContractDocument } from './view.ts'

type Line = PublicQuote['lines'][number]

function line(given: Pick<Line, 'name' | 'unitPriceMinor'> & Partial<Line>): Line {
  const priced = { description: null, quantity: '1.000', discountMinor: 0, taxPpm: 0, ...given }
  return { option: null, ...priced, netMinor: amountsOf(priced).netMinor }
}

const boothLines = [
  line({
    name: 'Fotobox «Goldener Abend»',
    description: 'Vier Stunden mit Betreuung, Requisiten und Druck vor Ort. Auf- und Abbau sind enthalten.',
    unitPriceMinor: 89_000,
    taxPpm: 190_000,
  }),
  line({ name: 'Verlängerung', quantity: '1.500', unitPriceMinor: 12_000, discountMinor: 2_000, taxPpm: 190_000 }),
  line({ name: 'Gästebuch', description: 'Leinen, 60 Seiten', unitPriceMinor: 4_990, taxPpm: 70_000 }),
]

export function germanQuote(changes: Partial<PublicQuote> = {}): PublicQuote {
  return {
    company: { name: 'Blitzlicht Fotoboxen GmbH', locale: 'de-DE' },
    customerName: 'Müller & Søn Hochzeiten',
    number: 'Q-0042',
    revision: 2,
    status: 'sent',
    isExpired: false,
    title: 'Hochzeit Łukasz & Zoë, Schloss Elmau',
    issuedOn: '2027-05-02',
    validUntil: '2027-06-01',
    currency: 'EUR',
    ...totalsOf(boothLines),
    depositPpm: 300_000,
    terms: 'Die Anfahrt bis 50 km ist enthalten.\nEine Stornierung ist bis 30 Tage vorher kostenlos.',
    lines: boothLines,
    acceptedAt: null,
    acceptedName: null,
    ...changes,
  }
}

export function longQuote(): PublicQuote {
  const lines = Array.from({ length: 60 }, (_, i) =>
    line({ name: `Item ${i + 1}`, unitPriceMinor: 1_000, taxPpm: 88_750 }),
  )
  return germanQuote({ company: { name: 'Lumen', locale: 'en-US' }, currency: 'USD', lines, ...totalsOf(lines) })
}

export function invoice(changes: Partial<PublicInvoice> = {}): PublicInvoice {
  const lines = [
    line({
      name: 'Photo booth, four hours',
      description: 'With attendant and prints',
      unitPriceMinor: 120_000,
      taxPpm: 88_750,
    }),
    line({ name: 'Second attendant', quantity: '4.000', unitPriceMinor: 4_500, taxPpm: 88_750 }),
  ]
  const totals = totalsOf(lines)
  return {
    company: { name: 'Lumen Photo Booths LLC', locale: 'en-US' },
    number: 'INV-2027-0107',
    kind: 'deposit',
    state: 'partially_paid',
    issuedOn: '2027-05-02',
    dueOn: '2027-05-16',
    billTo: {
      name: 'Ada Byron',
      line1: '12 Analytical Row',
      line2: null,
      city: 'Austin',
      region: 'TX',
      postalCode: '78701',
      country: 'US',
      taxId: null,
    },
    poNumber: 'PO 7781',
    currency: 'USD',
    ...totals,
    paidMinor: 50_000,
    creditedMinor: 0,
    balanceMinor: totals.totalMinor - 50_000,
    lines,
    schedule: [
      { label: 'First part', dueOn: '2027-05-16', amountMinor: 50_000 },
      { label: 'Rest', dueOn: '2027-06-16', amountMinor: totals.totalMinor - 50_000 },
    ],
    ...changes,
  }
}

/** Right to left, with a currency of three decimals. */
export function arabicInvoice(): PublicInvoice {
  const lines = [line({ name: 'كشك صور لأربع ساعات', unitPriceMinor: 125_500, taxPpm: 50_000 })]
  const totals = totalsOf(lines)
  return invoice({
    company: { name: 'أضواء الفرح', locale: 'ar-KW' },
    kind: 'invoice',
    currency: 'KWD',
    lines,
    ...totals,
    paidMinor: 0,
    balanceMinor: totals.totalMinor,
    schedule: [],
    poNumber: null,
  })
}

export function yenInvoice(): PublicInvoice {
  const lines = [line({ name: 'Photo booth', unitPriceMinor: 98_000, taxPpm: 100_000 })]
  const totals = totalsOf(lines)
  const company = { name: 'Hikari', locale: 'en-JP' }
  return invoice({
    company,
    currency: 'JPY',
    lines,
    ...totals,
    paidMinor: 0,
    balanceMinor: totals.totalMinor,
    schedule: [],
  })
}

export function contract(changes: Partial<ContractDocument> = {}): ContractDocument {
  return {
    company: { name: 'Lumen Photo Booths LLC', locale: 'en-US' },
    customerName: 'Byron Ltd.',
    number: 'C-0007',
    title: 'Photo booth for a gala',
    status: 'signed',
    expiresAt: null,
    bodyHtml: [
      '<h1>A gala at the Analytical Hall</h1>',
      '<p>Between Lumen Photo Booths LLC and Byron Ltd., about quote Q&#45;0042 &amp; its terms.</p>',
      '<h2>When</h2><ul><li>2027-06-12, 18:00 – 22:00, <b>Europe/Berlin</b></li><li>Rehearsal the day before</li></ul>',
      '<h2>What</h2><table><tr><td>Photo booth</td><td>1</td><td>$1,200.00</td></tr><tr><td>Total</td><td></td><td>$1,306.50</td></tr></table>',
      '<script>alert("never")</script><h2>Terms</h2><p>First line.<br>Second <em>line</em> <custom>kept</custom>.</p>Loose text.',
    ].join(''),
    bodySha256: 'ab'.repeat(32),
    signers: [
      {
        name: 'Ada Byron',
        role: 'client',
        signedAt: '2027-05-03T10:15:00Z',
        signature: { kind: 'typed', value: 'Ada K. Byron' },
      },
      { name: 'Charles Babbage', role: 'witness', signedAt: null, signature: null },
    ],
    evidence: [
      {
        name: 'Ada Byron',
        email: 'ada@example.com',
        signedAt: '2027-05-03T10:15:00Z',
        consent: 'I have read this contract and agree to it.',
        ip: '203.0.113.7',
      },
    ],
    ...changes,
  }
}
