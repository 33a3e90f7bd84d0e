import { InvalidArgumentError } from 'commander'

/** On stderr and only for people, so that the output stays what it is. */
export function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}

/** An option's number. */
export function atLeastOne(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Give a whole number of at least 1.')
  return count
}
