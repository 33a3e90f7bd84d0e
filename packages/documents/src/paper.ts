import { StyleSheet } from '@react-pdf/renderer'
import { bold, regular } from './fonts.ts'
import { notationFor, type Notation } from './notation.ts'

/** What a sheet is written with, and how it looks. */
export interface Paper extends Notation {
  styles: ReturnType<typeof stylesFor>
}

export function paperFor(locale: string, currency: string): Paper {
  const notation = notationFor(locale, currency)
  return { ...notation, styles: stylesFor(notation.direction === 'rtl') }
}

const ink = '#1a1f2b'
const faint = '#5b6472'
const rule = '#d5d9e0'
const accent = '#1f4b99'
const warning = '#b3261e'

function stylesFor(fromRight: boolean) {
  const row = fromRight ? 'row-reverse' : 'row'
  const start = fromRight ? 'right' : 'left'
  const end = fromRight ? 'left' : 'right'
  return StyleSheet.create({
    page: {
      fontFamily: regular,
      fontSize: 9.5,
      color: ink,
      paddingTop: 48,
      paddingBottom: 64,
      paddingHorizontal: 54,
      textAlign: start,
    },
    // Not on the page itself: the foot would inherit it, and with it the layout loses whatever is placed absolutely.
    body: { fontSize: 9.5, lineHeight: 1.45 },
    // Over each page, so that none is taken for a valid one by itself.
    voidMark: {
      borderWidth: 1.5,
      borderColor: warning,
      color: warning,
      fontFamily: bold,
      fontSize: 14,
      lineHeight: 1.2,
      textAlign: 'center',
      paddingVertical: 7,
      marginBottom: 22,
    },
    head: { flexDirection: row, justifyContent: 'space-between', marginBottom: 30 },
    company: { fontFamily: bold, fontSize: 15, lineHeight: 1.2, color: accent, maxWidth: 260, textAlign: start },
    headEnd: { maxWidth: 240, alignItems: fromRight ? 'flex-start' : 'flex-end' },
    kind: { fontFamily: bold, fontSize: 20, lineHeight: 1.2, textAlign: end },
    subtitle: { color: faint, textAlign: end },
    parties: { flexDirection: row, justifyContent: 'space-between', marginBottom: 26 },
    party: { width: '52%', textAlign: start },
    facts: { width: '42%' },
    fact: { flexDirection: row, justifyContent: 'space-between', marginBottom: 2 },
    label: { color: faint },
    strong: { fontFamily: bold },
    title: { fontFamily: bold, fontSize: 12, marginBottom: 10, textAlign: start },
    heading: { fontFamily: bold, fontSize: 11, marginTop: 18, marginBottom: 5, textAlign: start },
    tableHead: { flexDirection: row, borderBottomWidth: 1, borderBottomColor: ink, paddingBottom: 4 },
    tableRow: { flexDirection: row, borderBottomWidth: 0.5, borderBottomColor: rule, paddingVertical: 6 },
    item: { flexGrow: 1, flexBasis: 0, paddingHorizontal: 4, textAlign: start },
    number: { width: 62, textAlign: end, paddingHorizontal: 4 },
    amount: { width: 92, textAlign: end, paddingHorizontal: 4 },
    headCell: { fontFamily: bold, fontSize: 8.5, color: faint },
    small: { fontSize: 8.5, color: faint, textAlign: start },
    totals: { alignSelf: fromRight ? 'flex-start' : 'flex-end', width: 250, marginTop: 12 },
    total: { flexDirection: row, justifyContent: 'space-between', paddingVertical: 2.5, paddingHorizontal: 4 },
    grand: {
      flexDirection: row,
      justifyContent: 'space-between',
      borderTopWidth: 1,
      borderTopColor: ink,
      marginTop: 4,
      paddingTop: 6,
      paddingBottom: 4,
      paddingHorizontal: 4,
      fontFamily: bold,
      fontSize: 12,
    },
    paragraph: { marginBottom: 6, textAlign: start },
    listItem: { flexDirection: row, marginBottom: 3 },
    bullet: { width: 14, textAlign: start },
    grown: { flexGrow: 1, flexBasis: 0, textAlign: start },
    signature: { width: '46%', marginTop: 26, borderTopWidth: 0.75, borderTopColor: ink, paddingTop: 5 },
    typed: { fontSize: 15, lineHeight: 1.2, marginBottom: 4, textAlign: start },
    signatures: { flexDirection: row, flexWrap: 'wrap', justifyContent: 'space-between' },
    foot: {
      position: 'absolute',
      bottom: 28,
      left: 54,
      right: 54,
      flexDirection: row,
      justifyContent: 'space-between',
      borderTopWidth: 0.5,
      borderTopColor: rule,
      paddingTop: 6,
      fontSize: 8,
      color: faint,
    },
  })
}
