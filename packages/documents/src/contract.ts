import { Text, View } from '@react-pdf/renderer'
import type { PublicContract } from '@tenantry/contracts/public-links'
import { createElement as h } from 'react'
import { htmlContent } from './html.ts'
import { paperFor, type Paper } from './paper.ts'
import { sheet } from './sheet.ts'
import type { ContractDocument } from './view.ts'

export function contractSheet(contract: ContractDocument) {
  const { company, number, title, customerName, bodyHtml, bodySha256, signers } = contract
  // Amounts stand in the text already; a contract has no currency of its own.
  const paper = paperFor(company.locale, 'USD')
  const { words, styles } = paper
  const parts = {
    company: company.name,
    kind: words.contract,
    number,
    subtitle: title,
    language: company.locale,
    customer: [customerName],
    facts: [],
  }
  return sheet(paper, parts, [
    h(View, { key: 'body' }, ...htmlContent(paper, bodyHtml)),
    signers.length === 0 ? null : h(View, { key: 'signers', wrap: false }, ...signatures(paper, signers)),
    h(Text, { key: 'hash', style: [styles.small, { marginTop: 18 }] }, `${words.fingerprint} (SHA-256): ${bodySha256}`),
  ])
}

function signatures({ styles, words, instant, role: roleOf }: Paper, signers: PublicContract['signers']) {
  return [
    h(Text, { style: styles.heading, key: 'heading' }, words.signatures),
    h(
      View,
      { style: styles.signatures, key: 'list' },
      ...signers.map(({ name, role, signedAt }, i) =>
        h(
          View,
          { style: styles.signature, key: i },
          h(Text, { style: styles.strong }, name),
          h(Text, { style: styles.small }, roleOf(role)),
          h(
            Text,
            { style: styles.small },
            signedAt === null ? words.notSigned : `${words.signedOn} ${instant(signedAt)}`,
          ),
        ),
      ),
    ),
  ]
}
