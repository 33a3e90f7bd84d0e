import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import { readingsOf, type Program } from './program.ts'
import { root } from '../project-copy.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

type Run<Given> = (given: Given) => Promise<unknown>

/**
 * The `run` of a program and of its control, from the very text that is compiled: written outside the project, where it finds
 * what the package it pretends to belong to has declared. What a program is given is for the caller to know.
 */
export async function loadProgram<Given>(program: Program): Promise<Record<'wrong' | 'right', Run<Given>>> {
  const folder = makeTemporaryFolder()
  try {
    const { wrong, right } = readingsOf(program)
    symlinkSync(join(root, program.folder, 'node_modules'), join(folder, 'node_modules'))
    return { wrong: await load<Given>(folder, 'wrong', wrong), right: await load<Given>(folder, 'right', right) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function load<Given>(folder: string, name: string, code: string): Promise<Run<Given>> {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, code)
  const { run } = await vi.importActual<{ run: Run<Given> }>(file)
  return run
}
