import { expect, test } from 'vitest'
import { WireTap, type TapListener } from './wire-tap.ts'

function listen(
  phase: 'login' | 'answer' | 'nothing' = 'answer',
  takesRows: 'takes rows' | 'leaves rows' = 'leaves rows',
) {
  const heard: unknown[] = []
  const listener: TapListener = {
    expects: () => phase,
    ready: (status) => void heard.push(['ready', status]),
    failed: (fields) => heard.push(['failed', fields]) > 0,
    described: (columns) => heard.push(['described', columns.length]),
    row: (_bytes, start, end) => {
      heard.push(['row', end - start])
      return takesRows === 'leaves rows'
    },
    copyInReady: () => heard.push(['copy in']),
    copied: (_bytes, start, end) => heard.push(['copied', end - start]),
    completed: (tag) => heard.push(['completed', tag]),
    reported: (setting, value) => heard.push(['reported', setting, value]),
    notified: () => void heard.push(['notified']),
    login: () => undefined,
    refused: (reason) => heard.push(['refused', reason]),
  }
  return { heard, listener }
}

function message(type: string, body: string | Buffer): Buffer {
  const content = Buffer.from(body)
  const header = Buffer.alloc(5)
  header.write(type, 0, 'latin1')
  header.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([header, content])
}

function describeColumn(name: string): Buffer {
  const body = Buffer.from([0, 1])
  return message('T', Buffer.concat([body, Buffer.from(name), Buffer.alloc(18)]))
}

const beforeRows = [message('S', 'TimeZone\0UTC\0'), describeColumn('id\0')]
const afterRows = [message('C', 'SELECT 2\0'), message('E', 'SERROR\0C23505\0Mduplicate\0\0'), message('Z', 'T')]
const conversation = Buffer.concat([...beforeRows, message('D', Buffer.alloc(3000)), message('D', ''), ...afterRows])
const meaning = [
  ['reported', 'TimeZone', 'UTC'],
  ['described', 23],
  ['row', 3000],
  ['row', 0],
  ['completed', 'SELECT 2'],
  ['failed', { S: 'ERROR', C: '23505', M: 'duplicate' }],
  ['ready', 'T'],
]

test.each([1, 2, 3, 5, 7, 64, 1000, 2999, conversation.length])(
  'what the server says means the same in pieces of %i bytes',
  (size) => {
    const { heard, listener } = listen()
    const tap = new WireTap(listener, 1 << 20)
    const seen = inPieces(size).map((piece) => tap.read(piece) ?? Buffer.from('refused'))
    expect(heard).toEqual(meaning)
    expect(Buffer.concat(seen)).toEqual(conversation)
  },
)

test.each([1, 7, 2999, conversation.length])(
  'the driver sees all but the rows that were taken, in pieces of %i bytes',
  (size) => {
    const { heard, listener } = listen('answer', 'takes rows')
    const tap = new WireTap(listener, 1 << 20)
    const seen = inPieces(size).map((piece) => tap.read(piece) ?? Buffer.from('refused'))
    expect(heard).toEqual(meaning)
    expect(Buffer.concat(seen)).toEqual(Buffer.concat([...beforeRows, ...afterRows]))
  },
)

function inPieces(size: number): Buffer[] {
  const count = Math.ceil(conversation.length / size)
  return Array.from({ length: count }, (_, index) => conversation.subarray(index * size, (index + 1) * size))
}

test.each([
  ['a message nobody asked for', 'nothing' as const, message('C', 'COMMIT\0')],
  ['ready for query that nobody asked for', 'nothing' as const, message('Z', 'I')],
  ['rows during the login', 'login' as const, message('D', '')],
  ['a second login', 'answer' as const, message('R', Buffer.alloc(4))],
  ['an offer to copy', 'answer' as const, message('H', Buffer.alloc(3))],
  ['an unknown type', 'answer' as const, message('?', '')],
  ['a length below four', 'answer' as const, Buffer.from([0x43, 0, 0, 0, 3])],
  [
    'a column name without its end',
    'answer' as const,
    message('T', Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(18, 97)])),
  ],
  [
    'fewer columns than announced',
    'answer' as const,
    message('T', Buffer.concat([Buffer.from([0, 2, 97, 0]), Buffer.alloc(18)])),
  ],
  ['a long message that is not a row', 'answer' as const, Buffer.from([0x4e, 0, 0x20, 0, 0])],
])('%s is refused and does not reach the driver', (_name, phase, bytes) => {
  const { heard, listener } = listen(phase)
  expect(new WireTap(listener, 1 << 20).read(bytes)).toBeUndefined()
  expect(heard).toMatchObject([['refused', expect.any(String)]])
})

test('the bound is of one answer: ready for query begins the next', () => {
  const { heard, listener } = listen()
  const tap = new WireTap(listener, 2000)
  const answer = Buffer.concat([message('D', Buffer.alloc(1500)), message('Z', 'I')])
  for (let count = 0; count < 5; count++) expect(tap.read(answer)).toEqual(answer)
  expect(tap.read(message('D', Buffer.alloc(1999)))).toBeUndefined()
  expect(heard.at(-1)).toEqual(['refused', 'the answer is too large'])
})
