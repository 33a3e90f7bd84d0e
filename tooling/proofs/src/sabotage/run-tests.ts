import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Outcome = 'passed' | 'failed' | 'missing'

interface Report {
  testResults: { name: string; assertionResults: { title: string; fullName: string; status: string }[] }[]
}

interface Run {
  files: string[]
  /** Only tests whose names begin so; else all. */
  tests?: readonly string[] | undefined
  /** Added to the environment of the test run. */
  env: Record<string, string>
}

/** Runs test files below `folder`, or some tests of them, and tells how a test ended whose title begins so. */
export async function runTests(
  folder: string,
  { files, tests, env }: Run,
): Promise<(file: string, title: string) => Outcome> {
  const output = mkdtempSync(join(tmpdir(), 'tenantry-sabotage-report-'))
  try {
    const report = join(output, 'report.json')
    const only = tests === undefined ? [] : ['-t', tests.map(escapePattern).join('|')]
    await vitest(folder, ['run', ...files, ...only, '--reporter=json', `--outputFile=${report}`], env)
    const { testResults } = readReport(report)
    return (file, title) => {
      const results = testResults.filter(({ name }) => name.endsWith(file)).flatMap((suite) => suite.assertionResults)
      const named = results.filter((result) => result.title.startsWith(title) && result.status !== 'skipped')
      if (named.some(({ status }) => status === 'failed')) return 'failed'
      return named.some(({ status }) => status === 'passed') ? 'passed' : 'missing'
    }
  } finally {
    rmSync(output, { recursive: true, force: true })
  }
}

/** Its exit code says that something failed; what failed stands in the report. */
function vitest(folder: string, args: string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: 'ignore',
    })
    child.once('error', reject)
    child.once('exit', () => resolve())
  })
}

/** A copy that does not even load its tests leaves no report, or one without them. */
function readReport(path: string): Report {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return { testResults: [] }
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
