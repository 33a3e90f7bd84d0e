import { InboundAddressId } from '@tenantry/contracts/ids'
import type {
  InboundAddress,
  InboundAddressInput,
  InboundAddressWithSecret,
  InboundSecretInput,
} from '@tenantry/contracts/inbound'
import { TenantryError } from '@tenantry/errors'
import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { AppDb, TenantGrant } from '../planes.ts'
import { newWebhookSecret, type Sealer } from '../sealer.ts'

type Stored = Awaited<ReturnType<AppDb['inboundAddresses']['list']>>[number]

export interface InboundReading {
  list(): Promise<InboundAddress[]>
}

/** The addresses of the caller's company at which messages come in. */
export interface InboundDesk extends InboundReading {
  create(input: InboundAddressInput): Promise<InboundAddressWithSecret>
  replaceSecret(input: InboundSecretInput): Promise<InboundAddressWithSecret>
  remove(id: InboundAddressId): Promise<void>
}

export interface InboundDeskNeeds {
  appDb: AppDb
  sealer: Sealer
}

export function openInboundReading({ appDb }: Pick<InboundDeskNeeds, 'appDb'>, grant: TenantGrant): InboundReading {
  return { list: async () => (await appDb.inboundAddresses.list(grant)).map(shown) }
}

export function openInboundDesk({ appDb, sealer }: InboundDeskNeeds, grant: TenantGrant): InboundDesk {
  const { inboundAddresses } = appDb
  const sealed = (rowId: string, secret: string) => sealer.seal(grant, { column: 'inbound_secret', rowId }, secret)
  return {
    ...openInboundReading({ appDb }, grant),
    async create(input) {
      const id = InboundAddressId.parse(v7())
      const publicId = randomBytes(18).toString('base64url')
      const made = input.provider === 'standard' ? newWebhookSecret() : null
      const secret = 'secret' in input ? input.secret : (made ?? newWebhookSecret())
      const { kind, provider, address } = input
      await inboundAddresses.create(grant, { id, publicId, kind, provider, address, sealedSecret: sealed(id, secret) })
      return { ...shown(await inboundAddresses.byId(grant, id)), secret: made }
    },
    async replaceSecret({ id, secret }) {
      const { provider } = await inboundAddresses.byId(grant, id)
      const isOurs = provider === 'standard'
      if (isOurs === (secret !== undefined)) {
        const message = isOurs ? 'This secret is made by us: leave it out.' : 'Give the secret that the provider shows.'
        throw new TenantryError('RULE_VIOLATED', { message, data: { field: 'secret' } })
      }
      const given = secret ?? newWebhookSecret()
      await inboundAddresses.replaceSecret(grant, id, sealed(id, given))
      return { ...shown(await inboundAddresses.byId(grant, id)), secret: isOurs ? given : null }
    },
    remove: (id) => inboundAddresses.remove(grant, id),
  }
}

/** Behind the application's own address, which its users know. */
function shown({ publicId, ...address }: Stored): InboundAddress {
  return { ...address, url: `/api/inbound/${address.kind}/${publicId}` }
}
