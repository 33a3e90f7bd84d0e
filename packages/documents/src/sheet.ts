import { Document, Page, Text, View } from '@react-pdf/renderer'
import { createElement as h, type ReactNode } from 'react'
import type { Paper } from './paper.ts'
import type { VoidMark } from './void-mark.ts'

export interface SheetParts {
  company: string
  /** What kind of document it is, and its number. */
  kind: string
  number: string
  /** Below the number, such as a revision. */
  subtitle?: string | undefined
  language: string
  /** The customer, a line each, the name first. */
  customer: readonly string[]
  /** Left out of what is valid. */
  voidMark?: VoidMark | undefined
  facts: readonly (readonly [label: string, value: string | null | undefined])[]
}

/** Head, parties and foot, which all documents have alike; `content` is what is particular to one. */
export function sheet(paper: Paper, parts: SheetParts, content: ReactNode[]) {
  const { styles, words } = paper
  const { company, kind, number, customer, language, voidMark } = parts
  const foot = h(
    View,
    { style: styles.foot, fixed: true },
    h(Text, null, `${company} · ${kind} ${number}`),
    h(Text, { render: ({ pageNumber, totalPages }) => words.page(pageNumber, totalPages) }),
  )
  return h(
    Document,
    { title: `${kind} ${number}`, author: company, creator: 'Tenantry', producer: 'Tenantry', language },
    h(
      Page,
      { size: 'A4', style: styles.page },
      voidMark === undefined
        ? null
        : h(View, { style: styles.voidMark, fixed: true }, h(Text, null, words.notValid[voidMark])),
      h(View, { style: styles.body }, head(paper, parts), parties(paper, parts, customer), ...content),
      foot,
    ),
  )
}

function head({ styles }: Paper, { company, kind, number, subtitle }: SheetParts) {
  return h(
    View,
    { style: styles.head },
    h(Text, { style: styles.company }, company),
    h(
      View,
      { style: styles.headEnd },
      h(Text, { style: styles.kind }, kind),
      h(Text, { style: styles.strong }, number),
      subtitle === undefined ? null : h(Text, { style: styles.subtitle }, subtitle),
    ),
  )
}

function parties({ styles, words }: Paper, { facts }: SheetParts, [name = '', ...address]: readonly string[]) {
  return h(
    View,
    { style: styles.parties },
    h(
      View,
      { style: styles.party },
      h(Text, { style: styles.label }, words.for),
      h(Text, { style: styles.strong }, name),
      ...address.map((line) => h(Text, { key: line }, line)),
    ),
    h(
      View,
      { style: styles.facts },
      ...facts.flatMap(([label, value]) =>
        value == null
          ? []
          : [
              h(
                View,
                { style: styles.fact, key: label },
                h(Text, { style: styles.label }, label),
                h(Text, { style: styles.strong }, value),
              ),
            ],
      ),
    ),
  )
}
