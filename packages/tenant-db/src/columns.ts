import { char, customType, smallint } from 'drizzle-orm/pg-core'

/** ISO 4217 code. Plain types with named checks stand where Postgres domains could: a domain's error does not name the column. */
export const currencyCode = (name: string) => char(name, { length: 3 })
/** ISO 3166 code of two letters. */
export const countryCode = (name: string) => char(name, { length: 2 })
/** Whole percent, 0 to 100. */
export const percent = (name: string) => smallint(name)

/** A Postgres identifier, such as the name of a role. */
export const roleName = customType<{ data: string }>({ dataType: () => 'name' })
export const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
export const ipAddress = customType<{ data: string }>({ dataType: () => 'inet' })
/** A half-open range of instants as Postgres prints it. */
export const instantRange = customType<{ data: string }>({ dataType: () => 'tstzrange' })
/** Text that sorts and compares byte by byte, whatever the collation of the database. */
export const byteOrderedText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })
