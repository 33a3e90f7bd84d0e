import { fleetDesk, type FleetDesk } from '../fleet-desk.ts'
import { openProcedure, type Parse } from './builder.ts'
import { admitOperator } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/** The console beside data sources: `ctx.fleet` tells where they are and how, and no transaction waits for one that is away. */
export const fleetProcedure = {
  meta: (meta: { permission: 'operator' }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitOperator,
        open: ({ services, caller }, proceed: Proceed<{ fleet: FleetDesk }>) =>
          proceed({ fleet: fleetDesk(services, caller.pass) }),
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}
