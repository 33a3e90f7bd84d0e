import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { indexProcedures } from './procedure-index.ts'
import { appRouter } from './router.ts'
import { notesRouter } from './routers/notes.ts'

const paths = [...indexProcedures(appRouter).keys()]
/** Notes have what every kind of record has, and nothing else. */
const everyRecord = [...indexProcedures(notesRouter).keys()]

/** Whatever is found by its id. */
const kinds = paths
  .filter((path) => path.endsWith('.byId'))
  .map((path) => {
    const kind = path.slice(0, -'.byId'.length)
    const names = paths.filter((other) => other.startsWith(`${kind}.`)).map((other) => other.slice(kind.length + 1))
    const without = everyRecord.filter((name) => !names.includes(name))
    return { kind, without, besides: names.filter((name) => !everyRecord.includes(name)) }
  })

const guide = readFileSync(new URL('../../../docs/guides/what-records-offer.md', import.meta.url), 'utf8')
const [general = '', ...sections] = guide.split(/^## /m)
const section = (heading: string) => sections.find((text) => text.startsWith(heading)) ?? ''
/** The cells of its tables, by the words in code that they name. */
const rowsOf = (text: string) => [...text.matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) => row.split('|').map(namesIn))
const namesIn = (text: string) => [...text.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name)

test('the guide lists what every kind of record offers', () => {
  expect(
    rowsOf(general)
      .flatMap(([names = []]) => names)
      .toSorted(),
  ).toEqual(everyRecord.toSorted())
})

test('the guide says of each kind of record what it has not and what it has besides', () => {
  const told = rowsOf(section('Kind by kind')).filter(([kind]) => kind?.length === 1)
  expect(told).toEqual(kinds.map(({ kind, without, besides }) => [[kind], without, besides]))
})

test('the guide says why a kind of record lacks something', () => {
  const explained = [...section('Why something is missing').matchAll(/^- `(\w+)`: /gm)].map(([, kind = '']) => kind)
  const lacking = kinds.filter(({ without }) => without.length > 0).map(({ kind }) => kind)
  expect(explained.toSorted()).toEqual(lacking.toSorted())
})

test('the guide names only procedures that there are', () => {
  const named = namesIn(guide).filter((name) => name.includes('.'))
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((path) => !paths.includes(path))).toEqual([])
})
