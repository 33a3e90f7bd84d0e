import { operatorReader, type OperatorReader } from '../operator-reader.ts'
import type { OperatorDb } from '../planes.ts'
import { openProcedure } from './builder.ts'
import { admitOperator } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/** The console: a query gets `ctx.operatorDb` for reading, a mutation the whole of it in one transaction. Never a tenant's database. */
export const operatorProcedure = {
  meta: (meta: { permission: 'operator' }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitOperator,
          open: ({ services, caller }, proceed: Proceed<{ operatorDb: OperatorReader }>) =>
            proceed({ operatorDb: operatorReader(services.appDb.forOperator(caller.pass)) }),
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitOperator,
          open: ({ services, caller }, proceed: Proceed<{ operatorDb: OperatorDb }>) =>
            services.appDb.transaction((appDb) => proceed({ operatorDb: appDb.forOperator(caller.pass) })),
        }),
    }),
}
