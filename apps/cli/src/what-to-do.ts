import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ErrorCode } from '@tenantry/errors/codes'

/** The paragraph «What to do» of a code's page, so that command line and documents cannot say different things. */
export function whatToDo(root: string, code: ErrorCode): string {
  const page = readFileSync(pageOf(root, code), 'utf8')
  const section = page.split('\n## What to do\n')[1]?.split('\n## ')[0] ?? ''
  return section.trim().replaceAll(/\s*\n\s*/g, ' ')
}

/** The built command line has the pages beside itself. */
function pageOf(root: string, code: ErrorCode): string {
  const inCheckout = join(root, 'docs', 'errors', `${code}.md`)
  return existsSync(inCheckout) ? inCheckout : fileURLToPath(new URL(`./errors/${code}.md`, import.meta.url))
}
