import { CustomFilter } from '@tenantry/contracts/custom-values'
import { createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs/server'
import type { z } from 'zod'

export const shows = ['active', 'archived', 'deleted'] as const
const orders = ['asc', 'desc'] as const

/**
 * What every list keeps in the address, so that a link shows the same list to somebody else. Declared in files without
 * `use client`: the server reads the address to fetch the first page, the browser to show and change it.
 */
export function listParsers<Sort extends string, Column extends string>(defaults: {
  sorts: readonly Sort[]
  sort: Sort
  order: (typeof orders)[number]
  columns: readonly Column[]
  shown: Column[]
}) {
  return {
    search: parseAsString.withDefault(''),
    show: parseAsStringLiteral(shows).withDefault('active'),
    sort: parseAsStringLiteral(defaults.sorts).withDefault(defaults.sort),
    order: parseAsStringLiteral(orders).withDefault(defaults.order),
    columns: parseAsArrayOf(parseAsStringLiteral(defaults.columns)).withDefault(defaults.shown),
  }
}

/** A value of the address that a contract must accept; anything else counts as absent. */
export function parseAs<Contract extends z.ZodType<string>>(contract: Contract) {
  return createParser<z.output<Contract>>({
    parse: (text) => contract.safeParse(text).data ?? null,
    serialize: (value) => value,
  })
}

/** What is asked of custom fields, as JSON: which there are and of which type is the company's affair. */
export const parseAsCustomFilter = createParser<CustomFilter>({
  parse: (text) => CustomFilter.safeParse(jsonIn(text)).data ?? null,
  serialize: (filter) => JSON.stringify(filter),
  eq: (one, other) => JSON.stringify(one) === JSON.stringify(other),
})

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type BaseState<Sort extends string> = Omit<inferParserType<ReturnType<typeof listParsers<Sort, string>>>, 'columns'>

/** The part of a list's query that every list has. */
export function baseQuery<Sort extends string>({ search, show, sort, order }: BaseState<Sort>) {
  return { show, sort, order: order, search: search.trim() === '' ? undefined : search.trim() }
}

/** Rows come in pages that name where the next one begins. */
export const inPages = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined }
