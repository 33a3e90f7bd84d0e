import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { launchersOf, watchLaunchers } from './launchers.ts'
import { commandLineOf } from './other-process.ts'

test('a process started by a shell alone has no launchers', () => {
  expect(launchersOf(1)).toEqual([])
})

test('the end of a launcher is noticed once, within two polls', async () => {
  const launcher = spawn('sleep', ['60'])
  let calls = 0
  const gone = new Promise<void>((resolve) => {
    watchLaunchers([launcher.pid ?? 0], () => {
      calls += 1
      resolve()
    })
  })
  launcher.kill('SIGKILL')
  await gone
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(calls).toBe(1)
})

test('package managers and the shells between them are launchers, the shell around them is not', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'launchers-test-'))
  const pnpm = join(scratch, 'pnpm')
  writeFileSync(join(scratch, 'leaf.cjs'), 'console.log(process.pid); setInterval(() => {}, 1000)')
  writeFileSync(pnpm, `require('child_process').spawn('/bin/sh', ['-c', 'node leaf.cjs; true'], { stdio: 'inherit' })`)
  // sh → node pnpm → sh → node: as `pnpm dev` in a terminal.
  const shell = spawn('/bin/sh', ['-c', `node ${pnpm} dev; true`], {
    cwd: scratch,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  onTestFinished(() => {
    process.kill(-(shell.pid ?? 0), 'SIGKILL')
    rmSync(scratch, { recursive: true })
  })
  const pid = Number(await new Promise<Buffer>((resolve) => shell.stdout.once('data', resolve)))
  const chain = launchersOf(pid).map(commandLineOf)
  expect(chain).toEqual(['/bin/sh -c node leaf.cjs; true', `node ${pnpm} dev`])
})
