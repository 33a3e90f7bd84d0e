import { Text, View } from '@react-pdf/renderer'
import type { PublicQuote } from '@tenantry/contracts/public-links'
import { createElement as h } from 'react'
import { linesTable, totalsTable } from './lines.ts'
import { paperFor } from './paper.ts'
import { sheet } from './sheet.ts'

export function quoteSheet(quote: PublicQuote) {
  const { company, number, revision, title, issuedOn, validUntil, terms, depositPpm } = quote
  const paper = paperFor(company.locale, quote.currency)
  const { words, styles, date, percent } = paper
  const parts = {
    company: company.name,
    kind: words.quote,
    number,
    subtitle: revision > 1 ? `${words.revision} ${revision}` : undefined,
    language: company.locale,
    customer: [quote.customerName],
    facts: [
      [words.issued, issuedOn === null ? words.draft : date(issuedOn)],
      [words.validUntil, validUntil && date(validUntil)],
    ] as const,
  }
  return sheet(paper, parts, [
    title === null ? null : h(Text, { style: styles.title, key: 'title' }, title),
    h(View, { key: 'lines' }, linesTable(paper, quote.lines)),
    h(View, { key: 'totals' }, totalsTable(paper, quote)),
    depositPpm === 0
      ? null
      : h(Text, { style: styles.heading, key: 'deposit' }, `${words.depositDue}: ${percent(depositPpm)}`),
    terms === null ? null : h(Text, { style: styles.heading, key: 'heading' }, words.terms),
    ...(terms ?? '').split('\n').map((line, i) => h(Text, { style: styles.paragraph, key: i }, line)),
  ])
}
