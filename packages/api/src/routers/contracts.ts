import { LinkToken } from '@tenantry/contracts/public-links'
import { FileSent } from '@tenantry/contracts/attachments'
import {
  Contract,
  ContractInput,
  ContractListQuery,
  ContractListed,
  ContractPatchInput,
  ContractVoid,
} from '@tenantry/contracts/contracts'
import { ContractId, ContractSignerId } from '@tenantry/contracts/ids'
import { ContractMail, Mail } from '@tenantry/contracts/mail'
import { TenantryError } from '@tenantry/errors'
import { recordRef, recordVersion } from '@tenantry/contracts/record-inputs'
import { answerContract } from '../files/answer-contract.ts'
import { z } from 'zod'
import { filesProcedure } from '../procedures/files.ts'
import { router } from '../procedures/router.ts'
import { sendingProcedure } from '../procedures/sending.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { recordProcedures } from '../record-procedures.ts'

const requires = '0036_signed_contracts'
const seeing = filesProcedure.meta({ permission: 'records.see', requires })
const writing = tenantProcedure.meta({ permission: 'records.write', requires })
const sending = sendingProcedure.meta({ permission: 'records.write', requires })

const SignerLink = z.object({ signerId: ContractSignerId, token: LinkToken })

export const contractsRouter = router({
  ...recordProcedures({
    id: ContractId,
    query: ContractListQuery,
    input: ContractInput,
    patch: ContractPatchInput,
    row: Contract,
    listed: ContractListed,
    reader: (db) => db.contracts,
    writer: (db) => db.contracts,
    requires,
  }),
  /** With a link for each who has not signed, which is told once and replaces the one before. */
  send: sending
    .input(recordVersion(ContractId))
    .output(z.object({ contract: Contract, links: z.array(SignerLink) }))
    .mutation(async ({ ctx: { tenantDb, openLink }, input }) => {
      const contract = await tenantDb.contracts.send(input)
      const links: { signerId: ContractSignerId; token: string }[] = []
      for (const { id: signerId } of contract.signers.filter(({ signedAt }) => signedAt === null)) {
        const link = await openLink('contract', contract.expiresAt)
        await tenantDb.contracts.putLink(signerId, link.hash)
        links.push({ signerId, token: link.token })
      }
      return { contract, links }
    }),
  /** By mail to one of its signers, with their link and the PDF. A draft is sent first. */
  mail: sending
    .input(ContractMail)
    .output(Mail)
    .mutation(async ({ ctx: { tenantDb, mail }, input: { id, version, ...letter } }) => {
      const known = await mail.findByKey(tenantDb, letter.idempotencyKey)
      if (known !== undefined) return known
      const before = await tenantDb.contracts.byId(id)
      const contract = before.status === 'draft' ? await tenantDb.contracts.send({ id, version }) : before
      const signer = contract.signers.find(({ email }) => email.toLowerCase() === letter.to.toLowerCase())
      if (signer === undefined)
        throw new TenantryError('RULE_VIOLATED', { message: 'Nobody signs with this address.', data: { field: 'to' } })
      const putLink = (hash: Uint8Array) => tenantDb.contracts.putLink(signer.id, hash)
      const document = { kind: 'contract', id, number: contract.number, accountId: contract.accountId } as const
      return mail.queue(
        tenantDb,
        { ...document, contactId: signer.contactId },
        { ...letter, until: contract.expiresAt, putLink },
      )
    }),
  void: writing
    .input(ContractVoid)
    .output(Contract)
    .mutation(({ ctx, input }) => ctx.tenantDb.contracts.void(input)),
  /** The file itself, as the answer to `/api/files/contracts/<id>`. */
  pdf: seeing
    .input(recordRef(ContractId))
    .output(FileSent)
    .query(async ({ ctx: { read, files, exchange }, input }) =>
      read(async (db) =>
        answerContract(db, await db.contracts.byId(input.id), { exchange, files: () => files, reader: 'staff' }),
      ),
    ),
})
