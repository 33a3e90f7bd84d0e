import type { ContractId } from '@tenantry/contracts/ids'
import { LinkInput, type LinkKind } from '@tenantry/contracts/public-links'
import { TenantryError } from '@tenantry/errors'
import type { AppDb, OpenedLink, TenantFiles, TenantGrant } from '../planes.ts'
import { hashesOf, newLink } from './link-token.ts'

/** A link that is being used, as a resolver sees it. */
export interface UsedLink {
  /** By which the tenant's own database knows the document. */
  hash: Uint8Array
  /** Where the call comes from, for a signature. */
  ip: string | null
  userAgent: string | null
  /** Makes another link of the same company; see `openLinks`. */
  open: OpenLink
  /** Has the file of a contract that everybody has signed be made, before this transaction commits. */
  keepSigned(id: ContractId): Promise<void>
  /** The files of the same company. */
  files(): Pick<TenantFiles, 'get'>
  /** The name of the provider whose form the customer pays by. */
  paysWith: string
}

/**
 * A new link: the token for whoever gets it, the hash for the tenant's database, which is told which document it opens.
 * `until` is the last day on which the document can be answered, or is to be paid: the link lasts longer.
 */
export type OpenLink = (kind: LinkKind, until: string | null) => Promise<{ token: string; hash: Uint8Array }>

/**
 * The one resolver from a link to a tenant. Every procedure of a link takes its token in `input.token`. Throws
 * LINK_NOT_VALID for a link that is unknown, over, or of another kind.
 */
export async function resolveLink(
  appDb: Pick<AppDb, 'publicLinks'>,
  { kind, input, requestId }: { kind: LinkKind; input: unknown; requestId: string },
): Promise<{ opened: OpenedLink; hash: Uint8Array; applicationHash: Uint8Array }> {
  const { token } = LinkInput.loose().parse(input)
  const { applicationHash, tenantHash } = hashesOf(token)
  const opened = await appDb.publicLinks.open({ tokenHash: applicationHash, kind }, { requestId })
  if (opened === undefined) throw new TenantryError('LINK_NOT_VALID')
  return { opened, hash: tenantHash, applicationHash }
}

/**
 * Makes links of the grant's company. The application database knows a link before the tenant's database says what it
 * opens; when that transaction fails, the link leads nowhere until it is forgotten.
 */
export function openLinks(appDb: Pick<AppDb, 'publicLinks'>, grant: TenantGrant): OpenLink {
  return async (kind, until) => {
    const { token, tenantHash } = newLink()
    await addLink(appDb, grant, { kind, token, until })
    return { token, hash: tenantHash }
  }
}

/** Tells the application database of a link whose token is known already. */
export async function addLink(
  appDb: Pick<AppDb, 'publicLinks'>,
  grant: TenantGrant,
  { kind, token, until }: { kind: LinkKind; token: string; until: string | null },
): Promise<void> {
  const tokenHash = hashesOf(token).applicationHash
  await appDb.publicLinks.add(grant, { tokenHash, kind, validDays: daysOf(kind, until) })
}

/** How long a link can be used, and by that much longer than its document: it may be looked up when all is over. */
function daysOf(kind: LinkKind, until: string | null): number {
  const days = until === null ? 0 : Math.ceil((Date.parse(until) - Date.now()) / msPerDay)
  return Math.max(leastDays[kind], days + daysAfter)
}

const msPerDay = 86_400_000
const daysAfter = 30
/** An invoice may be looked up for a long time after it was paid. */
const leastDays: Record<LinkKind, number> = { quote: 90, contract: 90, invoice: 400 }
