/** What is looked for among the accounts of `fillCompany`, and what that finds. */
export const searches = {
  'company 0500': 'one row',
  events: 'nearly all rows',
  'qzx!': 'no row',
  'events 1234': 'a row in some 2,000',
  // Two letters make no part of a text that an index holds.
  '0q': 'no row, for two letters',
  '9w': 'a row in 10,000, for two letters',
  łó: 'a row in 10,000, for two letters beyond ASCII',
  Ж: 'no row, for one letter beyond ASCII',
  // Too many for their ids to be looked up, and too few for the order to be soon through.
  qj: 'a row in a hundred, for two letters',
} as const

export type Search = keyof typeof searches

/** Where no bound is asked for. */
export const unbound: ReadonlySet<Search> = new Set<Search>(['qj'])
