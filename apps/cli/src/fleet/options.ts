import { InvalidArgumentError } from 'commander'

/** For options that may be given several times, and take a list with commas. */
export function collectSlugs(text: string, before: string[] = []): string[] {
  return [...before, ...text.split(',').filter((slug) => slug !== '')]
}

export function atLeastOne(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number of at least 1.')
  return number
}

/** Options of every command that asks many databases at once. */
export interface WidthOptions {
  perServer: number
  atOnce: number
}

export const perServerHelp = 'databases of one server at work at once'
export const atOnceHelp = 'databases at work at once in all'
