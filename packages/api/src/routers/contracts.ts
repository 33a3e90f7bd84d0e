import { contractDocument } from '@tenantry/crm/document-views'
import {
  Contract,
  ContractInput,
  ContractListQuery,
  ContractListed,
  ContractPatchInput,
  ContractVoid,
} from '@tenantry/contracts/contracts'
import { ContractId, type ContractSignerId } from '@tenantry/contracts/ids'
import { recordRef, recordVersion } from '@tenantry/contracts/record-inputs'
import { answerPdf } from '../files/answer-pdf.ts'
import { router, sendingProcedure, tenantProcedure } from '../procedures.ts'
import { recordProcedures } from '../record-procedures.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })
const sending = sendingProcedure.meta({ permission: 'records.write' })

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
  }),
  /** With a link for each who has not signed, which is told once and replaces the one before. */
  send: sending.input(recordVersion(ContractId)).mutation(async ({ ctx: { tenantDb, openLink }, input }) => {
    const contract = await tenantDb.contracts.send(input)
    const links: { signerId: ContractSignerId; token: string }[] = []
    for (const { id: signerId } of contract.signers.filter(({ signedAt }) => signedAt === null)) {
      const link = await openLink('contract')
      await tenantDb.contracts.putLink(signerId, link.hash)
      links.push({ signerId, token: link.token })
    }
    return { contract, links }
  }),
  void: writing.input(ContractVoid).mutation(({ ctx, input }) => ctx.tenantDb.contracts.void(input)),
  /** The file itself, as the answer to `/api/files/contracts/<id>`. */
  pdf: seeing.input(recordRef(ContractId)).query(async ({ ctx: { tenantDb, exchange }, input }) => {
    const document = await contractDocument(tenantDb, await tenantDb.contracts.byId(input.id))
    return answerPdf(exchange, { kind: 'contract', document })
  }),
})
