import { Text, View } from '@react-pdf/renderer'
import type { PublicInvoice } from '@tenantry/contracts/public-links'
import { createElement as h } from 'react'
import { addressOf } from './address.ts'
import { linesTable, totalsTable } from './lines.ts'
import { paperFor, type Paper } from './paper.ts'
import { sheet } from './sheet.ts'
import { voidMarkOfInvoice } from './void-mark.ts'

export function invoiceSheet(invoice: PublicInvoice) {
  const { company, kind, number, issuedOn, dueOn, poNumber, billTo, schedule } = invoice
  const { paidMinor, creditedMinor, balanceMinor } = invoice
  const paper = paperFor(company.locale, invoice.currency)
  const { words, date } = paper
  const parts = {
    company: company.name,
    kind: words[kind],
    number: number ?? words.draft,
    language: company.locale,
    customer: addressOf(billTo, company.locale),
    voidMark: voidMarkOfInvoice(invoice),
    facts: [
      [words.issued, issuedOn && date(issuedOn)],
      [words.due, dueOn && date(dueOn)],
      [words.orderNumber, poNumber],
    ] as const,
  }
  const settled: [string, number][] = []
  if (paidMinor !== 0) settled.push([words.paid, -paidMinor])
  if (creditedMinor !== 0) settled.push([words.credited, -creditedMinor])
  if (settled.length > 0) settled.push([words.balance, balanceMinor])
  return sheet(paper, parts, [
    h(View, { key: 'lines' }, linesTable(paper, invoice.lines)),
    h(View, { key: 'totals' }, totalsTable(paper, invoice, settled)),
    schedule.length === 0 ? null : h(View, { key: 'schedule', wrap: false }, payments(paper, schedule)),
  ])
}

function payments({ styles, words, money, date }: Paper, schedule: PublicInvoice['schedule']) {
  return [
    h(Text, { style: styles.heading, key: 'heading' }, words.schedule),
    ...schedule.map(({ label, dueOn, amountMinor }, i) =>
      h(
        View,
        { style: styles.tableRow, key: i },
        h(Text, { style: styles.item }, label),
        h(Text, { style: styles.amount }, date(dueOn)),
        h(Text, { style: styles.amount }, money(amountMinor)),
      ),
    ),
  ]
}
