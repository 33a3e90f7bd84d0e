import type { LinkKind } from '@tenantry/contracts/public-links'
import { TenantryError } from '@tenantry/errors'
import { tenantFiles } from '../files/tenant-files.ts'
import { openLinks, resolveLink, type UsedLink } from '../public/opened-link.ts'
import type { admitPublicCall } from './surroundings/admission.ts'
import type { Call } from './surroundings/surrounded.ts'

export async function useLink({ services, caller, input }: PublicCall, kind: LinkKind) {
  const { appDb, paymentProvider, files } = services
  const { requestId, ip, userAgent } = caller
  const { opened, hash, applicationHash } = await resolveLink(appDb, { kind, input, requestId })
  const { grant } = opened
  const link: UsedLink = {
    hash,
    ip,
    userAgent,
    open: openLinks(appDb, grant),
    keepSigned: (id) => appDb.contractsDue.add(grant, id),
    files: () => tenantFiles(files, grant),
    paysWith: paymentProvider.name,
  }
  return { ...opened, link, applicationHash }
}

export async function useLinkToChange(call: PublicCall, kind: LinkKind) {
  const used = await useLink(call, kind)
  if (used.tenantStatus !== 'active') throw new TenantryError('TENANT_SUSPENDED')
  return used
}

type PublicCall = Call<Awaited<ReturnType<typeof admitPublicCall>>>
