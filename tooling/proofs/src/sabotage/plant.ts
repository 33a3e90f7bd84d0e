import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from './fault.ts'

/** Plants a fault below `folder`; the answer takes it back. Throws when the code it is about is not there exactly once. */
export function plant(folder: string, fault: Fault): () => void {
  const path = join(folder, fault.file)
  const sound = readFileSync(path, 'utf8')
  writeFileSync(path, withFault(sound, fault))
  return () => writeFileSync(path, sound)
}

export function withFault(sound: string, { name, file, find, replace }: Fault): string {
  const [before, after, ...more] = sound.split(find)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`«${name}» wants to change code that is not there exactly once in ${file}`)
  }
  return `${before}${replace}${after}`
}
