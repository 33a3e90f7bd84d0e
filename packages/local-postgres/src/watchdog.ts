import { spawn } from 'node:child_process'

export interface Watchdog {
  /** The process to stop when this one goes away; undefined when there is none at the moment. */
  watch(pid: number | undefined): void
  /** Processes below the watched one that stand still and must be woken before it can end. */
  noteFrozen(pids: number[]): void
  /** The work is done in order: the watchdog ends without touching anything. */
  close(): void
}

/**
 * Reads lines from a pipe whose other end only this process holds. The pipe ends when this process does, even by
 * SIGKILL; then the watched process gets SIGINT (PostgreSQL: fast shutdown), after 5 s SIGKILL, and the folder goes.
 */
const script = `
trap '' INT TERM HUP
pid=
frozen=
while read -r word rest; do
  case $word in
    watch) pid=$rest ;;
    frozen) frozen=$rest ;;
    done) exit 0 ;;
  esac
done
if [ -n "$pid" ]; then
  kill -CONT "$pid" $frozen 2>/dev/null
  kill -INT "$pid" 2>/dev/null
  tries=0
  while kill -0 "$pid" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -eq 100 ]; then kill -KILL "$pid" 2>/dev/null; fi
    if [ "$tries" -gt 120 ]; then break; fi
    sleep 0.05
  done
fi
if [ -n "$1" ]; then rm -rf -- "$1"; fi
`

/** A process of 1 MB. It never keeps this process alive. */
export function openWatchdog({ removeFolder }: { removeFolder: string | undefined }): Watchdog {
  const child = spawn('/bin/sh', ['-c', script, 'tenantry-watchdog', removeFolder ?? ''], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  // A pipe of child_process is a socket, which counts as open work unless told otherwise.
  const pipe = child.stdin as typeof child.stdin & { unref?: () => void }
  pipe.unref?.()
  pipe.on('error', () => {
    // The watchdog was killed by somebody; stopping in order still works without it.
  })
  return {
    watch: (pid) => void pipe.write(`watch ${pid ?? ''}\n`),
    noteFrozen: (pids) => void pipe.write(`frozen ${pids.join(' ')}\n`),
    close: () => void pipe.end('done\n'),
  }
}
