import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { advice } from '@tenantry/errors/advice'
import { errorCodes } from '@tenantry/errors/codes'
import { describe, expect, test } from 'vitest'
import { projectFiles, root } from './project.ts'

const documents = projectFiles('*.md')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test('every error code has a page, and every page a code', () => {
  const pages = projectFiles('docs/errors/*.md').map((file) => file.replace(/^docs\/errors\/|\.md$/g, ''))
  expect(pages.sort()).toEqual(Object.keys(errorCodes).sort())
})

test.each(Object.entries(errorCodes))(
  'the page of %s restates its status and sentence',
  (code, { status, message }) => {
    const page = read(`docs/errors/${code}.md`)
    expect(page).toContain(`# ${code}\n`)
    expect(page).toContain(`HTTP status ${status}.`)
    expect(page).toContain(message)
  },
)

test.each(Object.entries(advice))('what is said about %s is what its page says', (code, said) => {
  const [, section = ''] = read(`docs/errors/${code}.md`).split('\n## What to do\n')
  expect((section.split('\n## ')[0] ?? '').trim().replaceAll(/\s*\n\s*/g, ' ')).toBe(said)
})

describe.each(documents)('%s', (file) => {
  test('links only to files that exist', () => {
    const links = [...read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '')
    const missing = links.filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(file), target)))
    expect(missing).toEqual([])
  })

  test('cites only paths that exist', () => {
    const cited = [...read(file).matchAll(/`((?:apps|packages|tooling|docs)\/[\w./-]+)`/g)].map(
      ([, path]) => path ?? '',
    )
    expect(cited.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

test.each(projectFiles('docs/decisions/*.md'))('%s has the parts of a decision', (file) => {
  const headings = [...read(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
  expect(headings).toEqual(['Context', 'Decision', 'Consequences', 'What this does not fix'])
})

test('commands named in documents are scripts of the project', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const builtIn = new Set(['install', 'exec', 'vitest', 'tsc'])
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/\bpnpm(?:@[\d.]+)? ([a-z][\w:-]*)/g)].map(([, name]) => `${name}`),
  )
  expect([...new Set(named)].filter((name) => !(name in scripts) && !builtIn.has(name))).toEqual([])
})
