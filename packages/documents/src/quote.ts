import { Text, View } from '@react-pdf/renderer'
import type { PublicQuote } from '@tenantry/contracts/public-links'
import { createElement as h } from 'react'
import { linesTable, totalsTable } from './lines.ts'
import { paperFor } from './paper.ts'
import { sheet } from './sheet.ts'
import { voidMarkOfQuote } from './void-mark.ts'

export function quoteSheet(quote: PublicQuote) {
  const { company, number, revision, title, issuedOn, validUntil, terms, depositPpm } = quote
  const taken = quote.lines.filter(({ option }) => option === null || option.isSelected)
  const left = quote.lines.filter((line) => !taken.includes(line))
  const paper = paperFor(company.locale, quote.currency)
  const { words, styles, date, percent } = paper
  const parts = {
    company: company.name,
    kind: words.quote,
    number,
    subtitle: revision > 1 ? `${words.revision} ${revision}` : undefined,
    language: company.locale,
    customer: [quote.customerName],
    voidMark: voidMarkOfQuote(quote),
    facts: [
      [words.issued, issuedOn === null ? words.draft : date(issuedOn)],
      [words.validUntil, validUntil && date(validUntil)],
    ] as const,
  }
  return sheet(paper, parts, [
    title === null ? null : h(Text, { style: styles.title, key: 'title' }, title),
    h(View, { key: 'lines' }, linesTable(paper, taken)),
    h(View, { key: 'totals' }, totalsTable(paper, { ...quote, lines: taken })),
    depositPpm === 0
      ? null
      : h(Text, { style: styles.heading, key: 'deposit' }, `${words.depositDue}: ${percent(depositPpm)}`),
    left.length === 0 ? null : h(Text, { style: styles.heading, key: 'left-heading' }, words.options),
    left.length === 0 ? null : h(View, { key: 'left' }, linesTable(paper, left)),
    terms === null ? null : h(Text, { style: styles.heading, key: 'heading' }, words.terms),
    ...(terms ?? '').split('\n').map((line, i) => h(Text, { style: styles.paragraph, key: i }, line)),
  ])
}
