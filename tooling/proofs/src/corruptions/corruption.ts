/** A change made behind everybody's back to one row of the tenant database, and what `verify` must say of it. */
export interface Corruption {
  table: string
  key: string
  what:
    | 'a row is gone'
    | 'a row too many'
    | 'a NULL'
    | 'a cent'
    | 'a time'
    | 'a zone'
    | 'a word'
    | 'another pointer'
    | 'a switch'
  kind: 'missing' | 'extra' | 'different'
  /** Of a row that is different. */
  column: string | undefined
}

export interface MappedColumn {
  table: string
  column: string
  type: string
  isNullable: boolean
}

/** How to spoil a value of a type so that it is certainly another one. `$$` stands for the column. */
export function spoilingOf({ column, type }: MappedColumn): { what: Corruption['what']; sql: string } | undefined {
  if (column === 'time_zone')
    return { what: 'a zone', sql: `case when $$ = 'Asia/Tokyo' then 'Asia/Seoul' else 'Asia/Tokyo' end` }
  if (/^(bigint|integer|smallint|numeric)/.test(type)) return { what: 'a cent', sql: '$$ + 1' }
  if (type.startsWith('timestamp')) return { what: 'a time', sql: `$$ + interval '1 hour'` }
  if (type === 'date') return { what: 'a time', sql: '$$ + 1' }
  if (type.startsWith('time')) return { what: 'a time', sql: `$$ + interval '1 minute'` }
  if (type === 'boolean') return { what: 'a switch', sql: 'not $$' }
  if (type === 'uuid') return { what: 'another pointer', sql: 'gen_random_uuid()' }
  if (column === 'currency') return { what: 'a word', sql: `case when $$ = 'EUR' then 'USD' else 'EUR' end` }
  if (type === 'jsonb') return { what: 'a word', sql: `$$ || '{"spoiled": true}'` }
  // Another case of one letter, where there is one: what compares without regard to case must be seen too.
  if (/^(text|citext)/.test(type)) {
    return {
      what: 'a word',
      sql: `case when upper($$::text) <> $$::text then upper($$::text) else $$::text || ' ' end`,
    }
  }
  return undefined
}
