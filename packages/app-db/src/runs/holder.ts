import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * The process that holds a run, as text: `<host>/<process id>/<mark>`. The mark names the boot of the machine, the
 * process namespace and the start of the process, so that a number given to another process, or to one in another
 * container, is not taken for this one. Where the system does not tell, the mark is `-`.
 */
export function thisProcess(): string {
  return `${hostname()}/${process.pid}/${markOf(process.pid) ?? '-'}`
}

/** True only when the process was on this machine and is certainly not there any more. */
export function isGone(holder: string): boolean {
  const [, pid, mark = '-'] = holder.split('/')
  const [here, there] = [placeOf(markOf(process.pid)), placeOf(mark)]
  if (here === undefined || here !== there) return false
  return markOf(Number(pid)) !== mark
}

/** For a message: whom to look for. */
export function describeHolder(holder: string): string {
  const [host, pid] = holder.split('/')
  return `process ${pid} on ${host}`
}

function placeOf(mark: string | undefined): string | undefined {
  return mark?.includes(':') ? mark.slice(0, mark.lastIndexOf(':')) : undefined
}

/** `<boot>:<namespace>:<start in ticks>`; undefined where there is no such process or no such file. */
function markOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const namespace = /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in parentheses, may hold anything; the 22nd field of all is the start. A zombie is dead.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (namespace === undefined || fields[0] === 'Z') return undefined
    return `${boot}:${namespace}:${fields[19]}`
  } catch {
    return undefined
  }
}
