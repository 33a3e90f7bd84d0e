import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const isRoot = process.getuid?.() === 0
const nobody = 65534
const scratch = mkdtempSync(join(tmpdir(), 'left-behind-test-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'a parent ended by %s leaves no process and no folder',
  async (signal) => {
    const parent = await startInParent('{ ephemeral: true }')
    expect(existsSync(parent.folder)).toBe(true)
    parent.child.kill(signal)
    await expectGone(parent)
    expect(existsSync(parent.folder)).toBe(false)
  },
)

test('a parent that ends without stopping its server leaves no process and no folder', async () => {
  const parent = await startInParent('{ ephemeral: true }', 'setTimeout(() => process.exit(0), 50)')
  await expectGone(parent)
  expect(existsSync(parent.folder)).toBe(false)
})

test('a parent killed while its server is frozen leaves no process', async () => {
  const parent = await startInParent('{ ephemeral: true }', 'server.freeze()')
  parent.child.kill('SIGKILL')
  await expectGone(parent)
})

test('a parent that is killed stops a server with a kept folder and leaves the folder', async () => {
  const folder = join(scratch, 'kept')
  const parent = await startInParent(JSON.stringify({ folder }))
  parent.child.kill('SIGKILL')
  await expectGone(parent)
  expect(existsSync(join(folder, 'data', 'PG_VERSION'))).toBe(true)
  expect(existsSync(join(folder, 'data', 'postmaster.pid'))).toBe(false)
})

test('below a folder only its owner may enter, a kept server starts, and its new parents stay enterable', async () => {
  const closed = join(scratch, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const folder = join(closed, 'checkout', 'servers', 'app')
  const parent = await startInParent(JSON.stringify({ folder }))
  expect(statSync(join(closed, 'checkout')).mode & 0o055).toBe(0o055)
  parent.child.kill('SIGKILL')
  await expectGone(parent)
})

test.runIf(isRoot)('a normal user starts a server too', async () => {
  const parent = await startInParent('{ ephemeral: true }', '', nobody)
  expect(statSync(parent.folder).uid).toBe(nobody)
  parent.child.kill('SIGKILL')
  await expectGone(parent)
})

interface Parent {
  child: ReturnType<typeof spawn>
  /** The folder around the cluster. */
  folder: string
  /** The server, its own processes and its watchdog. */
  processes: number[]
}

/** Starts a server in a process of its own, which then waits, or does `afterwards`. */
async function startInParent(options: string, afterwards = '', uid?: number): Promise<Parent> {
  const program = `
    import { readFileSync } from 'node:fs'
    import { startServer } from './src/local-postgres.ts'
    import { ask } from './src/ask.fixture.ts'
    import { childrenOf } from './src/children.ts'
    const server = await startServer(${options})
    const [row] = await ask(server, "select current_setting('data_directory') as data")
    const folder = row.data.replace(/\\/data$/, '')
    const children = childrenOf(process.pid)
    const processes = [...children, ...children.flatMap(childrenOf)]
    ${afterwards}
    console.log(JSON.stringify({ folder, processes }))
    setInterval(() => {}, 1000)
  `
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid, gid: uid, env: { HOME: scratch } }),
  })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve)
    child.once('exit', (code) => reject(new Error(`the parent ended with ${code} before its server was there`)))
  })
  return { child, ...(JSON.parse(line) as Omit<Parent, 'child'>) }
}

async function expectGone({ processes }: Parent): Promise<void> {
  expect(processes.length).toBeGreaterThan(4)
  for (let waited = 0; waited < 10_000 && processes.some(isAlive); waited += 50) await sleep(50)
  expect(processes.filter(isAlive)).toEqual([])
}

/** A zombie nobody has reaped yet counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !isZombie(pid)
  } catch {
    return false
  }
}

function isZombie(pid: number): boolean {
  return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}
