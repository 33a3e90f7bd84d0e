import { NewTenantInput } from '@tenantry/contracts/new-tenant'

/** A company for one kill; `name` and `count` make it another one than all before. */
export function companyFor(name: string, count: number, placement: 'dedicated' | 'shared'): NewTenantInput {
  const slug = `${name}-${count}`
  return NewTenantInput.parse({
    slug,
    name: `Company ${count}`,
    trade: 'dj',
    timeZone: 'Europe/Berlin',
    locale: 'de-DE',
    currency: 'EUR',
    owner: { email: `owner@${slug}.example`, name: 'Olga' },
    server: 'main',
    placement,
    database: placement === 'shared' ? 'many' : slug.replaceAll('-', '_'),
    region: 'matrix',
  })
}
