import { Path, Svg, Text, View } from '@react-pdf/renderer'
import { Drawing, drawingBox } from '@tenantry/contracts/drawing'
import { createElement as h } from 'react'
import { htmlContent } from './html.ts'
import { paperFor, type Paper } from './paper.ts'
import { sheet } from './sheet.ts'
import { signatureWordsOf } from './signature-words.ts'
import type { ContractDocument } from './view.ts'
import { voidMarkOfContract } from './void-mark.ts'

export function contractSheet(contract: ContractDocument) {
  const { company, number, title, customerName, bodyHtml, bodySha256, signers, evidence } = contract
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
    voidMark: voidMarkOfContract(contract.status),
    facts: [],
  }
  return sheet(paper, parts, [
    h(View, { key: 'body' }, ...htmlContent(paper, bodyHtml)),
    signers.length === 0 ? null : h(View, { key: 'signers', wrap: false }, ...signatures(paper, signers)),
    evidence.length === 0 ? null : h(View, { key: 'evidence' }, ...evidenceOf(paper, evidence)),
    h(Text, { key: 'hash', style: [styles.small, { marginTop: 18 }] }, `${words.fingerprint} (SHA-256): ${bodySha256}`),
  ])
}

function signatures(paper: Paper, signers: ContractDocument['signers']) {
  const { styles, words, instant, role: roleOf } = paper
  return [
    h(Text, { style: styles.heading, key: 'heading' }, words.signatures),
    h(
      View,
      { style: styles.signatures, key: 'list' },
      ...signers.map(({ name, role, signedAt, signature }, i) =>
        h(
          View,
          { style: styles.signature, key: i },
          signature === null ? null : written(paper, signature),
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

/** As it was given. What is said to be drawn and is no drawing is left out: it was taken before drawings were looked at. */
function written({ styles }: Paper, { kind, value }: NonNullable<ContractDocument['signers'][number]['signature']>) {
  if (kind === 'typed') return h(Text, { style: styles.typed }, value)
  if (!Drawing.safeParse(value).success) return null
  const { width, height } = drawingBox
  return h(
    Svg,
    { viewBox: `0 0 ${width} ${height}`, style: { width: width / 4, height: height / 4, marginBottom: 4 } },
    h(Path, {
      d: value,
      fill: 'none',
      stroke: '#1a1f2b',
      strokeWidth: 4,
      strokeLinecap: 'round',
      strokeLinejoin: 'round',
    }),
  )
}

/** Who has agreed to what, when and from where. */
function evidenceOf({ styles, locale }: Paper, evidence: ContractDocument['evidence']) {
  const words = signatureWordsOf(locale)
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' })
  const line = (label: string, value: string) =>
    h(Text, { style: styles.small, key: label }, h(Text, { style: styles.strong }, `${label}: `), value)
  return [
    h(Text, { style: styles.heading, key: 'heading', minPresenceAhead: 60 }, words.evidence),
    ...evidence.map(({ name, email, signedAt, consent, ip }, i) =>
      h(
        View,
        { style: styles.tableRow, key: i, wrap: false },
        h(
          View,
          { style: styles.grown },
          line(words.signer, `${name} <${email}>`),
          line(words.agreedTo, consent),
          line(words.at, `${time.format(new Date(signedAt))} UTC`),
          ip === null ? null : line(words.from, ip),
        ),
      ),
    ),
  ]
}
