import type { Page } from '@playwright/test'

/** The demo's people, as `pnpm dev` prints them. */
export const password = 'let-me-show-you'
export const people = {
  ada: { email: 'ada@acme.example', company: 'Acme Photo Booths' },
  ben: { email: 'ben@acme.example', company: 'Acme Photo Booths', alsoAt: 'Bloom Sound' },
  chloe: { email: 'chloe@acme.example', company: 'Acme Photo Booths' },
  ivy: { email: 'ivy@bloom.example', company: 'Bloom Sound' },
  finn: { email: 'finn@cedar.example', company: 'Cedar House' },
  hana: { email: 'hana@dune.example', company: 'Dune Events' },
  /** Runs the installation and belongs to no company. */
  opal: { email: 'opal@tenantry.example', name: 'Opal Reyes' },
  omar: { email: 'omar@ember.example', company: 'Ember & Oak Catering' },
}

/** Signs in by the form, as a person does, and waits for the first page. */
export async function signIn(page: Page, person: { email: string }, first = '**/accounts'): Promise<void> {
  await page.goto('/sign-in', { waitUntil: 'networkidle' })
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(first)
}
