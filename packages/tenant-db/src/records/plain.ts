import type { z } from 'zod'

/** A contract's type as the columns give it: branded ids are strings. */
export type Plain<T> = T extends z.core.$brand
  ? string
  : T extends readonly (infer Element)[]
    ? Plain<Element>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T

/**
 * Says that the rows of a query are the rows of a contract. Every column is compared with the contract except for the
 * brands of ids, which is safe because an id read from a table's own column is an id of that table.
 */
export function asRows<Row>(query: PromiseLike<readonly Plain<Row>[]>): PromiseLike<readonly Row[]> {
  return query as unknown as PromiseLike<readonly Row[]>
}
