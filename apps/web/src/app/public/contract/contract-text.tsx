'use client'

import { hiddenElements } from '@tenantry/documents/hidden-elements'
import { createElement, useMemo, type ReactNode } from 'react'

/**
 * The text of a contract as it was written: headings, paragraphs, lists, tables and emphasis. Its markup came in from outside,
 * so it is read by a parser that runs and loads nothing, and made anew without attributes. Of everything else the text
 * remains, as in the PDF, so that nothing that is signed is left out.
 */
export function ContractText({ html }: { html: string }) {
  const content = useMemo(() => nodesOf(new DOMParser().parseFromString(html, 'text/html').body), [html])
  return <div className={look}>{content}</div>
}

const look =
  'grid gap-3 break-words [&_h2]:text-lg [&_h2]:font-semibold [&_h3]:mt-3 [&_h3]:text-base [&_h3]:font-semibold ' +
  '[&_h4]:font-semibold [&_li]:my-1 [&_ol]:list-decimal [&_ol]:ps-6 [&_table]:w-full [&_td]:border-b [&_td]:border-line ' +
  '[&_td]:py-2 [&_td]:pe-4 [&_td:last-child]:pe-0 [&_td:not(:first-child)]:text-end [&_td]:tabular-nums [&_th]:py-2 ' +
  '[&_th]:text-start [&_ul]:list-disc [&_ul]:ps-6'

/** What an element becomes; the page has a first heading of its own. */
const shown: Record<string, string> = {
  h1: 'h2',
  h2: 'h3',
  h3: 'h4',
  h4: 'h4',
  p: 'p',
  div: 'div',
  section: 'div',
  article: 'div',
  blockquote: 'blockquote',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  td: 'td',
  th: 'th',
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
}

function nodesOf(parent: Node): ReactNode[] {
  return [...parent.childNodes].map((node, key) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent
    if (!(node instanceof Element)) return null
    const name = node.localName
    if (hiddenElements.has(name)) return null
    if (name === 'br') return <br key={key} />
    const element = shown[name]
    return element === undefined ? nodesOf(node) : createElement(element, { key }, ...nodesOf(node))
  })
}
