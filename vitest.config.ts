import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tooling/vitest/src/longest-first.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

/** Development-only packages are found by path, so that no production package can declare or resolve them. */
const developmentOnly = [
  { find: /^@tenantry\/testing\/(.+)$/, replacement: `${root}packages/testing/src/$1.ts` },
  { find: /^@tenantry\/vitest-config\/(.+)$/, replacement: `${root}tooling/vitest/src/$1.ts` },
]

const isolated = new Set(['@tenantry/auth', '@tenantry/connections', '@tenantry/checks'])

export default defineConfig({
  test: {
    globalSetup: ['./tooling/vitest/src/global-setup.ts'],
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: workspaceFolders().map((folder) => ({
      resolve: { alias: developmentOnly },
      test: {
        name: packageName(folder),
        root: folder,
        include: ['src/**/*.test.{ts,tsx}', '*.test.ts'],
        // Files of a package share its modules, which saves a third of the time; the rest replace modules or timers.
        isolate: isolated.has(packageName(folder)),
        // They find what hangs; a busy machine is slow ten times over.
        testTimeout: 60_000,
        hookTimeout: 120_000,
        expect: { poll: { timeout: 30_000 } },
      },
    })),
  },
})

function workspaceFolders(): string[] {
  return ['apps', 'packages', 'tooling']
    .flatMap((parent) => readdirSync(`${root}${parent}`).map((child) => `${root}${parent}/${child}`))
    .filter((folder) => existsSync(`${folder}/package.json`))
}

function packageName(folder: string): string {
  return (JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { name: string }).name
}
