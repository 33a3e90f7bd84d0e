import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode } from '@tenantry/errors/codes'

/** The paragraph «What to do» of a code's page, so that command line and documents cannot say different things. */
export function whatToDo(root: string, code: ErrorCode): string {
  const page = readFileSync(join(root, 'docs', 'errors', `${code}.md`), 'utf8')
  const section = page.split('\n## What to do\n')[1]?.split('\n## ')[0] ?? ''
  return section.trim().replaceAll(/\s*\n\s*/g, ' ')
}
