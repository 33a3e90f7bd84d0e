import { expect, type Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'

/** A name nothing else has: tests run side by side and again. */
export function unique(name: string): string {
  return `${name} ${randomUUID().slice(0, 8)}`
}

/** Creates an account by the form, as a person does, and stays on its page. */
export async function newAccount(page: Page): Promise<string> {
  const name = unique('Harbor Hall')
  await page.goto('/accounts')
  await page.getByRole('link', { name: 'New account' }).first().click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('textbox', { name: 'City' }).fill('Salem')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  return name
}
