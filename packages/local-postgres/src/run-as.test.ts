import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findBinaries } from './binaries.ts'
import { createCluster } from './cluster.ts'
import { Postmaster } from './postmaster.ts'
import { findFreePort } from './free-port.ts'
import { chooseRunAs, waysForRoot } from './run-as.ts'
import { openWatchdog } from './watchdog.ts'

const isRoot = process.getuid?.() === 0
const scratch = mkdtempSync(join(tmpdir(), 'run-as-test-'))
chmodSync(scratch, 0o755)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const binaries = findBinaries()

test.runIf(isRoot)('root starts the server as nobody where nobody may enter', async () => {
  expect((await chooseRunAs({ binaries, folder: makeFolder('open') })).kind).toBe('nobody')
})

test.runIf(isRoot)(
  'below a folder only root may enter, root starts the server in a namespace or with a capability',
  async () => {
    const { kind } = await chooseRunAs({ binaries, folder: makeFolder('closed', { parentMode: 0o700 }) })
    expect(['namespace', 'capability']).toContain(kind)
  },
)

test.runIf(isRoot).each(waysForRoot().slice(1))(
  'a server runs below a closed folder by way of a $kind',
  async (way) => {
    const folder = makeFolder(`closed-${way.kind}`, { parentMode: 0o700 })
    const runAs = await chooseRunAs({ binaries, folder, ways: [way] })
    expect(runAs.kind).toBe(way.kind)
    await expectServerRuns(folder, runAs)
  },
)

test.runIf(isRoot)('where binaries are out of reach and nothing else works, a copy beside the data runs', async () => {
  const folder = makeFolder('copied')
  const runAs = await chooseRunAs({ binaries, folder, ways: [] })
  expect(runAs.kind).toBe('nobody-with-copy')
  await expectServerRuns(folder, runAs)
})

test.runIf(isRoot)('where no way leads to the folder, root is told to run as a normal user or to open it', async () => {
  const folder = makeFolder('hopeless', { parentMode: 0o700 })
  await expect(chooseRunAs({ binaries, folder, ways: [] })).rejects.toMatchObject({
    code: 'LOCAL_POSTGRES_FAILED',
    message: expect.stringContaining('Start as a normal user') as string,
  })
})

test.runIf(isRoot)('a folder made one way is taken over by another', async () => {
  const folder = makeFolder('taken-over')
  const [nobody, namespace] = waysForRoot()
  if (!nobody || !namespace) throw new Error('two ways are needed')
  await expectServerRuns(folder, await chooseRunAs({ binaries, folder, ways: [nobody] }))
  await expectServerRuns(folder, await chooseRunAs({ binaries, folder, ways: [namespace] }))
})

function makeFolder(name: string, { parentMode = 0o755 } = {}): string {
  const parent = join(scratch, name)
  mkdirSync(parent, { mode: parentMode })
  const folder = join(parent, 'server')
  mkdirSync(folder, { mode: 0o700 })
  return folder
}

async function expectServerRuns(folder: string, runAs: Awaited<ReturnType<typeof chooseRunAs>>): Promise<void> {
  const watchdog = openWatchdog({ removeFolder: undefined })
  await createCluster({ folder, durable: false, runAs, watchdog, onProgress: undefined })
  const postmaster = new Postmaster({ folder, durable: false, runAs, watchdog })
  await postmaster.start(await findFreePort())
  await postmaster.stop()
  watchdog.close()
}
