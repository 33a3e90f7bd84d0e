import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildProgram } from './run-cli.ts'
import { shellFor } from './shell.fixture.ts'
import { checkoutRoot } from './shell.ts'

/** A command of `pnpm tenantry` as a document has it. */
export interface DocumentCommand {
  document: string
  /** What the command line gets. */
  args: string[]
  /** The file that stands on its standard input. */
  from?: string
  /** Noun and verb, or the one word of a command without a noun. Empty for the command line itself. */
  path: string
}

export function documentsIn(folder: string): string[] {
  const names = readdirSync(join(checkoutRoot, folder)).filter((name) => name.endsWith('.md'))
  return names.map((name) => join(folder, name))
}

/** The commands of a document's blocks, one a line, as a shell would split them. */
export function commandsInBlocks(document: string): DocumentCommand[] {
  const lines = blocksOf(document).flatMap((block) => block.split('\n'))
  return lines.flatMap((line) => {
    const [, command] = /^pnpm tenantry (.+?)(?:\s+#.*)?$/.exec(line) ?? []
    return command === undefined ? [] : [commandOf(document, command)]
  })
}

/** What a document shows to be typed into a shell. */
export function blocksOf(document: string): string[] {
  return partsOf(document).blocks
}

/** Those that its prose names, with `pnpm tenantry` before them or without: a noun of the command line and its verb. */
export function commandsInProse(document: string): DocumentCommand[] {
  const named = [...partsOf(document).prose.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll(/\s+/g, ' '))
  return named.flatMap((text) => {
    const [, before, rest = ''] = /^(?:pnpm )?(tenantry )?(.+)$/.exec(text) ?? []
    if (before !== undefined) return [commandOf(document, rest)]
    const command = commandOf(document, rest)
    // A word alone may be any word, and SQL calls too; what follows a noun is meant to be its verb.
    const isMeant = command.path === '' ? isAfterNoun(command.args) : command.path !== 'call'
    return isMeant ? [command] : []
  })
}

/** JSON that a document's prose shows, as it would stand in a file. */
export function jsonInProse(document: string): string[] {
  return [...partsOf(document).prose.matchAll(/`(\{[^`]+\})`/g)].map(([, text = '']) => text)
}

/** Undefined when the command line has no such command; else the options that it does not have. */
export function unknownOptions({ args, path }: DocumentCommand): string[] | undefined {
  const command = leaves.get(path)
  if (command === undefined) return undefined
  const known = new Set(['--help', '-', ...command.options.flatMap(({ long, short }) => [long, short])])
  return args.filter((arg) => arg.startsWith('-') && !known.has(arg))
}

function commandOf(document: string, text: string): DocumentCommand {
  const [line = '', from] = text.split(/\s+<\s+(?=[\w.-]+$)/)
  const args = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')
  const paths = [args.slice(0, 2).join(' '), args[0] ?? '']
  const path = paths.find((path) => leaves.has(path)) ?? ''
  return { document, args, path, ...(from !== undefined && { from }) }
}

function isAfterNoun([noun = '', verb = '']: string[]): boolean {
  return /^[a-z-]+$/.test(verb) && [...leaves.keys()].some((path) => path.startsWith(`${noun} `))
}

function partsOf(document: string): { blocks: string[]; prose: string } {
  const text = readFileSync(join(checkoutRoot, document), 'utf8')
  const block = /^```(\w*)\n([^]*?)^```$/gm
  const blocks = [...text.matchAll(block)].filter(([, language]) => language === '' || language === 'sh')
  return { blocks: blocks.map(([, , lines = '']) => lines), prose: text.replaceAll(block, '') }
}

/** By its path; a noun alone is none. */
const leaves = (() => {
  const program = buildProgram(shellFor({}).shell)
  const ends = program.commands.flatMap((command) =>
    command.commands.length === 0
      ? [[command.name(), command] as const]
      : command.commands.map((verb) => [`${command.name()} ${verb.name()}`, verb] as const),
  )
  return new Map([['', program] as const, ...ends])
})()
