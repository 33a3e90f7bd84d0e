import { Text, View } from '@react-pdf/renderer'
import { parseDocument } from 'htmlparser2'
import { createElement as h, type ReactNode } from 'react'
import { hiddenElements } from './hidden-elements.ts'
import type { Paper } from './paper.ts'

type Node = ReturnType<typeof parseDocument>['children'][number]

const emphasised = new Set(['strong', 'b', 'th'])
const blocks = new Set(['p', 'div', 'section', 'article', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'table'])

/** The plain HTML of a contract: headings, paragraphs, lists, tables and emphasis. Of everything else the text remains, so that nothing that is signed is left out. */
export function htmlContent(paper: Paper, html: string): ReactNode[] {
  return blocksOf(paper, parseDocument(html).children)
}

function blocksOf(paper: Paper, nodes: readonly Node[]): ReactNode[] {
  const made: ReactNode[] = []
  let run: Node[] = []
  const flush = () => {
    const content = inlineOf(paper, run)
    if (textOf(run).trim() !== '') made.push(h(Text, { style: paper.styles.paragraph, key: made.length }, ...content))
    run = []
  }
  for (const node of nodes) {
    if (!isElement(node) || !blocks.has(node.name)) {
      run.push(node)
      continue
    }
    flush()
    made.push(h(View, { key: made.length }, ...blockOf(paper, node)))
  }
  flush()
  return made
}

function blockOf(paper: Paper, node: Element): ReactNode[] {
  const { styles } = paper
  switch (node.name) {
    case 'h1':
      return [h(Text, { style: styles.title, key: 0 }, ...inlineOf(paper, node.children))]
    case 'h2':
    case 'h3':
    case 'h4':
      return [h(Text, { style: styles.heading, key: 0, minPresenceAhead: 30 }, ...inlineOf(paper, node.children))]
    case 'ul':
    case 'ol':
      return elementsIn(node).map((item, i) =>
        h(
          View,
          { style: styles.listItem, key: i },
          h(Text, { style: styles.bullet }, node.name === 'ol' ? `${i + 1}.` : '•'),
          h(View, { style: styles.grown }, ...blocksOf(paper, item.children)),
        ),
      )
    case 'table':
      return rowsIn(node).map((row, i) => tableRow(paper, row, i))
    default:
      return blocksOf(paper, node.children)
  }
}

function tableRow(paper: Paper, row: Element, key: number): ReactNode {
  const { styles } = paper
  const cells = elementsIn(row)
  const cell = (node: Element, i: number) =>
    h(Text, { style: i === 0 ? styles.item : styles.amount, key: i }, ...inlineOf(paper, node.children))
  return h(View, { style: styles.tableRow, wrap: false, key }, ...cells.map(cell))
}

function inlineOf(paper: Paper, nodes: readonly Node[]): ReactNode[] {
  return nodes.map((node, key) => {
    if (node.type === 'text') return (node as { data: string }).data.replaceAll(/\s+/g, ' ')
    if (!isElement(node) || hiddenElements.has(node.name)) return null
    if (node.name === 'br') return '\n'
    const style = emphasised.has(node.name) ? paper.styles.strong : {}
    return h(Text, { style, key }, ...inlineOf(paper, node.children))
  })
}

function rowsIn(table: Element): Element[] {
  return elementsIn(table).flatMap((child) => (child.name === 'tr' ? [child] : rowsIn(child)))
}

function elementsIn(node: Element): Element[] {
  return node.children.filter(isElement)
}

function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return (node as { data: string }).data
      return isElement(node) && !hiddenElements.has(node.name) ? textOf(node.children) : ''
    })
    .join('')
}

interface Element {
  name: string
  children: Node[]
}

function isElement(node: Node): node is Node & Element {
  return node.type === 'tag'
}
