import { execFileSync, spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { chownSync, cpSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { failed } from './failures.ts'

/** How PostgreSQL's programs are started: they refuse to run as root. */
export interface RunAs {
  /** `self`: as the user we are. The others are for root. */
  readonly kind: 'self' | 'nobody' | 'namespace' | 'capability' | 'nobody-with-copy'
  /** Folder with `bin`, `lib`, `share`. */
  readonly binaries: string
  spawn(program: 'initdb' | 'postgres', args: string[], stdio: StdioOptions): ChildProcess
  /** Makes a path and everything below it belong to the user the server runs as. Cheap when it does already. */
  own(path: string): void
}

/** A way of starting programs; the first word of the prefix is a program on the system's path. */
export interface Way {
  kind: RunAs['kind']
  uid?: number
  gid?: number
  /** The command that starts the program as somebody else. */
  prefix: string[]
}

/** Where `unshare` and `setpriv` are; the server itself gets nothing of our environment. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * A normal user runs the server as is. Root tries, in this order: the user nobody; a user namespace in which root's
 * files belong to nobody (when the folder lies below one only root may enter, such as a checkout with mode 0700);
 * nobody with the capability to pass closed folders (where namespaces are switched off, as in many containers);
 * nobody with a copy of the binaries beside the data. The first that really runs the program there wins.
 */
export async function chooseRunAs({
  binaries,
  folder,
  ways = waysForRoot(),
}: {
  binaries: string
  folder: string
  ways?: Way[]
}): Promise<RunAs> {
  if (process.getuid?.() !== 0) return runAs({ kind: 'self', prefix: [] }, binaries)
  for (const way of ways) {
    const candidate = runAs(way, binaries)
    if (await worksIn(candidate, folder)) return candidate
  }
  const copy = join(folder, 'binaries')
  cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true, force: true })
  const last = runAs({ kind: 'nobody-with-copy', prefix: [], ...nobodyIds() }, copy)
  if (await worksIn(last, folder)) return last
  throw failed(
    `PostgreSQL does not run as root, and the user nobody may not enter ${folder}. ` +
      'Start as a normal user, or move the project to a folder that everybody may enter (chmod o+x).',
  )
}

/** In the order they are tried. */
export function waysForRoot(): Way[] {
  const { uid, gid } = nobodyIds()
  return [
    { kind: 'nobody', uid, gid, prefix: [] },
    { kind: 'namespace', prefix: ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'] },
    {
      kind: 'capability',
      prefix: [
        'setpriv',
        `--reuid=${uid}`,
        `--regid=${gid}`,
        '--clear-groups',
        '--inh-caps=-all,+dac_override',
        '--ambient-caps=-all,+dac_override',
        '--bounding-set=-all,+dac_override',
        '--',
      ],
    },
  ]
}

function runAs(way: Way, binaries: string): RunAs {
  const [command, ...rest] = way.prefix
  // In a namespace nobody is root seen from outside, so files stay root's.
  const owner = way.kind === 'self' || way.kind === 'namespace' ? undefined : nobodyIds()
  return {
    kind: way.kind,
    binaries,
    spawn: (program, args, stdio) => {
      const path = join(binaries, 'bin', program)
      return spawn(command ?? path, command === undefined ? args : [...rest, path, ...args], {
        // Ctrl-C in the terminal goes to the whole group; the server must be stopped by us, in order.
        detached: true,
        cwd: '/',
        env: environmentFor(binaries),
        stdio,
        ...(way.uid !== undefined && { uid: way.uid, gid: way.gid }),
      })
    },
    own: (path) => {
      if (owner) chownAll(path, owner)
      else if (process.getuid?.() === 0) chownAll(path, { uid: 0, gid: 0 })
    },
  }
}

/** Where Next's types are around they demand NODE_ENV of every environment; these programs read none. */
function environmentFor(binaries: string): NodeJS.ProcessEnv {
  const variables: NodeJS.Dict<string> = { PATH: systemPath, LC_ALL: 'C', TZ: 'UTC', ...libraryPath(binaries) }
  return variables as NodeJS.ProcessEnv
}

function libraryPath(binaries: string): Record<string, string> {
  return process.platform === 'darwin'
    ? { DYLD_LIBRARY_PATH: join(binaries, 'lib') }
    : { LD_LIBRARY_PATH: join(binaries, 'lib') }
}

/** True when the program starts this way and may enter the folder: it complains about an unusable data folder there. */
async function worksIn(candidate: RunAs, folder: string): Promise<boolean> {
  candidate.own(folder)
  const child = candidate.spawn('postgres', ['-D', folder, '-C', 'data_directory'], ['ignore', 'ignore', 'pipe'])
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (words += chunk))
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  })
  // The folder itself holds no postgresql.conf (the cluster lies in `data` below it), and saying so takes entering it.
  return /could not access the server configuration file .*: No such file or directory/s.test(words)
}

function nobodyIds(): { uid: number; gid: number } {
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim())
  try {
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    return { uid: 65534, gid: 65534 }
  }
}

function chownAll(path: string, owner: { uid: number; gid: number }): void {
  const entry = lstatSync(path)
  if (entry.uid === owner.uid && !entry.isDirectory()) return
  if (entry.uid !== owner.uid && !entry.isSymbolicLink()) chownSync(path, owner.uid, owner.gid)
  if (entry.isDirectory()) for (const child of readdirSync(path)) chownAll(join(path, child), owner)
}
