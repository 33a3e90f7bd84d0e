import type { Cookie, Page } from '@playwright/test'

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
  opal: { email: 'opal@tenantry.example', name: 'Opal Reyes', home: '/operator' },
  omar: { email: 'omar@ember.example', company: 'Ember & Oak Catering' },
}

interface Person {
  email: string
  /** Where signing in leads. */
  home?: string
}

/** Signs in by the form, as a person does, and waits for the first page. */
export async function signInByForm(page: Page, { email, home = '/accounts' }: Person): Promise<void> {
  await page.goto('/sign-in', { waitUntil: 'networkidle' })
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`**${home}`)
}

/** Of whoever has signed in here before; a test that fails takes its process, and these, along. */
const kept = new Map<string, Cookie[]>()

/** Makes what the page asks for a request of this person, who signs in by the form the first time. */
export async function actAs(page: Page, person: Person): Promise<void> {
  const cookies = kept.get(person.email)
  if (cookies !== undefined) return page.context().addCookies(cookies)
  await signInByForm(page, person)
  kept.set(person.email, await page.context().cookies())
}

/** Opens a page as this person. What ends a session, or looks at how one begins, uses the form. */
export async function signIn(page: Page, person: Person, first = person.home ?? '/accounts'): Promise<void> {
  await actAs(page, person)
  if (!page.url().endsWith(first)) await page.goto(first)
}
