import type { LinkKind } from '@tenantry/contracts/public-links'
import type { TenantDb, TenantReader } from '../planes.ts'
import type { UsedLink } from '../public/opened-link.ts'
import { takeDrawing } from '../public/take-drawing.ts'
import { openProcedure } from './builder.ts'
import { admitPublicCall } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'
import { useLink, useLinkToChange } from './use-link.ts'

export interface LinkMeta {
  permission: 'link'
  kind: LinkKind
  /** As for every procedure. */
  requires?: string
}

/**
 * Nobody has signed in: the link in the input says which company, and `ctx.link.hash` tells its database which document. What
 * is drawn for whoever has a link is counted for each link.
 */
export const linkProcedure = {
  meta: ({ kind, isDrawn = false, ...meta }: LinkMeta & { isDrawn?: boolean }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitPublicCall,
          async open(call, proceed: Proceed<{ tenantDb: TenantReader; link: UsedLink }>) {
            const { dataSources, appDb } = call.services
            const { grant, link, applicationHash } = await useLink(call, kind)
            if (isDrawn) await takeDrawing(appDb, applicationHash)
            await dataSources.withTenant(grant, (tenantDb) => proceed({ tenantDb, link }), call.marks.reading(meta))
          },
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitPublicCall,
          async open(call, proceed: Proceed<{ tenantDb: TenantDb; link: UsedLink }>) {
            const { grant, link } = await useLinkToChange(call, kind)
            const work = (tenantDb: TenantDb) => proceed({ tenantDb, link })
            await call.services.dataSources.withTenantWriter(grant, work, call.marks.writing(meta))
          },
        }),
    }),
}
