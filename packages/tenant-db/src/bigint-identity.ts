import { entityKind, type ColumnBaseConfig } from 'drizzle-orm'
import { PgColumn, type AnyPgTable } from 'drizzle-orm/pg-core'
import { PgIntColumnBaseBuilder } from 'drizzle-orm/pg-core/columns/int.common'

interface Config {
  name: string
  dataType: 'string'
  columnType: 'TenantryBigintText'
  data: string
  driverParam: string
  enumValues: undefined
}

/** A number Postgres counts up itself, as text: beyond 2^53 a JSON number would name another row. */
export function bigintIdentity(name: string) {
  return new BigintTextBuilder(name).generatedAlwaysAsIdentity()
}

/** Drizzle offers identity only for its own integer columns, which read as `number` or `bigint`. */
class BigintTextBuilder extends PgIntColumnBaseBuilder<Config> {
  static override readonly [entityKind]: string = 'TenantryBigintTextBuilder'

  constructor(name: string) {
    super(name, 'string', 'TenantryBigintText')
  }

  build(table: AnyPgTable): BigintText {
    // The builder's configuration, completed by Drizzle, is what every column of this version is made of.
    return new BigintText(table, this.config as unknown as ConstructorParameters<typeof BigintText>[1])
  }
}

class BigintText extends PgColumn<ColumnBaseConfig<'string', 'TenantryBigintText'>> {
  static override readonly [entityKind]: string = 'TenantryBigintText'

  getSQLType(): string {
    return 'bigint'
  }

  override mapFromDriverValue(value: unknown): string {
    return String(value)
  }
}
