import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { groups } from './groups.ts'
import { judge, type Verdict } from './judge.ts'
import { failsClosed, linted, readingsOf, refused, type Group } from './program.ts'
import { summarise, tableOf } from './report.ts'

/** What a gallery that had fallen asleep would let pass. */
const asleep: Group = {
  title: 'asleep',
  programs: [
    refused('packages/api', 'compiles', 'export const n: number = ⟦1 ⇒ 2⟧', 2322, ''),
    refused('packages/api', 'is refused by another error', "export const n: number = ⟦'1' ⇒ 2⟧", 2339, ''),
    refused('packages/api', 'is refused in other words', "export const n: number = ⟦'1' ⇒ 2⟧", 2322, 'type AppDb'),
    refused('packages/api', 'is wrong twice', "export const n: number[] = [⟦'1', '2' ⇒ 2⟧]", 2322, ''),
    linted('packages/api', 'breaks no rule', 'export const n: number = ⟦1 ⇒ 2⟧', 'one-door'),
    failsClosed('packages/api', 'does not compile', "export const n: number = ⟦'1' ⇒ 2⟧", 'TypeError'),
    failsClosed('packages/api', 'does not pass lint', 'export const n: ⟦any ⇒ unknown⟧ = 1', 'TypeError'),
  ],
}
const outOfControl: Group = {
  title: 'out of control',
  programs: [refused('packages/api', 'no better when right', "export const n: number = ⟦'1' ⇒ '2'⟧", 2322, '')],
}

/** As a run that was killed leaves it: its process is gone. */
const abandoned = join(tmpdir(), `tenantry-proofs-${spawnSync('true').pid}-test`)

let verdicts: Verdict[] = []
const verdictsOf = ({ title }: Group) => verdicts.filter(({ group }) => group === title)

beforeAll(async () => {
  mkdirSync(abandoned)
  verdicts = await judge([...groups, asleep, outOfControl])
}, 300_000)

describe.each(groups)('$title', (group) => {
  test('each wrong program is stopped by what should stop it', () => {
    expect(verdictsOf(group).filter(({ isRefused }) => !isRefused)).toEqual([])
  })

  test('each right program, which differs in one piece, passes', () => {
    expect(verdictsOf(group).filter(({ isControlRight }) => !isControlRight)).toEqual([])
  })
})

test('a program counts as refused only for the reason it names', () => {
  expect(verdictsOf(asleep).map(({ isRefused, isControlRight }) => [isRefused, isControlRight])).toEqual(
    asleep.programs.map(() => [false, true]),
  )
})

test('a refusal proves nothing where the right program is refused as well', () => {
  expect(verdictsOf(outOfControl)).toMatchObject([{ isRefused: true, isControlRight: false }])
})

test('there are at least 80 wrong programs, and no two have the same name', () => {
  const names = groups.flatMap(({ title, programs }) =>
    programs.map(({ name, folder }) => `${title}: ${folder} ${name}`),
  )
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(80)
})

test('a program holds exactly one piece that is wrong', () => {
  expect(() => readingsOf(refused('packages/api', 'none', 'export {}', 1, ''))).toThrow('exactly one span')
  expect(() => readingsOf(refused('packages/api', 'two', '⟦a ⇒ b⟧⟦c ⇒ d⟧', 1, ''))).toThrow('exactly one span')
})

test('the figures and the table say so when one program is not refused', () => {
  const whole = verdicts.filter(({ group }) => group !== asleep.title && group !== outOfControl.title)
  const figures = summarise(whole)
  expect(figures).toMatchObject({ ok: true, wrong: whole.length, refused: whole.length, controlsRight: whole.length })
  expect(figures.byCompiler + figures.byLint + figures.byRuntime).toBe(whole.length)
  expect(tableOf(whole, figures)).toContain(`\n${whole.length} of ${whole.length} refused`)

  const withAsleep = [...whole, ...verdictsOf(asleep)]
  const less = summarise(withAsleep)
  expect(less).toMatchObject({ ok: false, refused: whole.length, wrong: withAsleep.length })
  expect(tableOf(withAsleep, less)).toMatch(/✗ packages\/api +compiles/)
})

test('what a killed run has left behind is removed by the next', () => {
  expect(existsSync(abandoned)).toBe(false)
})
