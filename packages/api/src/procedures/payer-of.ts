import type { Payer } from '@tenantry/crm/payer'
import type { TenantGrant } from '../planes.ts'
import type { Call } from './surroundings/surrounded.ts'

/** Each step in a transaction of its own, within one grant. */
export function payerOf(
  { services, marks }: Pick<Call<object>, 'services' | 'marks'>,
  grant: TenantGrant,
  needs: { requires?: string },
): Payer {
  const { dataSources, appDb, paymentProvider: provider } = services
  return {
    provider,
    write: (work) => dataSources.withTenantWriter(grant, work, marks.writing(needs)),
    expect: () => appDb.paymentsDue.expect(grant),
  }
}
