import { AccountInput } from '@tenantry/contracts/accounts'
import { ContactInput } from '@tenantry/contracts/contacts'
import { OpportunityInput } from '@tenantry/contracts/opportunities'
import { PipelineInput } from '@tenantry/contracts/pipelines'
import { expect, test } from 'vitest'
import { characters, people } from './characters.ts'
import { makeRecords } from './make-records.ts'

const today = '2026-06-01'

test.each(characters)('the records of $slug are what a form would accept', ({ records }) => {
  const made = makeRecords(records.source, records, today)
  expect(made.accounts).toHaveLength(records.accounts)
  expect(made.contacts).toHaveLength(records.contacts)
  expect(made.opportunities).toHaveLength(records.opportunities)
  PipelineInput.parse(records.source.pipeline)
  for (const account of made.accounts) AccountInput.parse(account)
  for (const { input } of made.contacts) ContactInput.parse(input)
  for (const { input } of made.opportunities) OpportunityInput.parse(input)
})

test('the same seed makes the same records, another seed others', () => {
  const [acme] = characters
  if (!acme) throw new Error('there is an acme')
  const records = () => makeRecords(acme.records.source, acme.records, today)
  expect(records()).toEqual(records())
  expect(makeRecords(acme.records.source, { ...acme.records, seed: 12 }, today)).not.toEqual(records())
})

test('a closed opportunity went through the stages before, and a lost one says why', () => {
  for (const { records } of characters) {
    const stages = records.source.pipeline.stages
    for (const { path, lostReason } of makeRecords(records.source, records, today).opportunities) {
      const kinds = path.map((name) => stages.find((stage) => stage.name === name)?.kind)
      expect(kinds.slice(0, -1).every((kind) => kind === 'open')).toBe(true)
      expect(lostReason !== undefined).toBe(kinds.at(-1) === 'lost')
    }
  }
})

test('accounts of one tenant have different names', () => {
  for (const { records } of characters) {
    const names = makeRecords(records.source, records, today).accounts.map((account) => account.name)
    expect(new Set(names).size).toBe(names.length)
  }
})

test('somebody works in two companies, with different roles', () => {
  const roles = people.map((person) => Object.values(person.roles)).find((held) => held.length === 2)
  expect(new Set(roles).size).toBe(2)
  expect(new Set(people.flatMap((person) => Object.values(person.roles)))).toEqual(
    new Set(['owner', 'admin', 'member', 'read_only']),
  )
})
