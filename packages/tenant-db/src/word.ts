import { text } from 'drizzle-orm/pg-core'

/** A text column that holds one of a closed set of words; `oneOf` in the table's rules makes Postgres hold it to them. */
export function word<Word extends string>(name: string, options: readonly Word[]) {
  return text(name, { enum: atLeastOne(options) })
}

/** Zod gives the options of an enum as a plain array; an enum has at least one. */
function atLeastOne<Word extends string>(options: readonly Word[]): readonly [Word, ...Word[]] {
  return options as readonly [Word, ...Word[]]
}
