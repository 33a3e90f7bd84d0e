import { FileSent } from '@tenantry/contracts/attachments'
import { LinkToken } from '@tenantry/contracts/public-links'
import { acceptQuote } from '@tenantry/crm/accept-quote'
import { issueAnotherContract } from '@tenantry/crm/issue-another-contract'
import { withdrawQuote } from '@tenantry/crm/withdraw-quote'
import { publicQuote } from '@tenantry/crm/document-views'
import { Contract } from '@tenantry/contracts/contracts'
import { QuoteId } from '@tenantry/contracts/ids'
import {
  Quote,
  QuoteAcceptance,
  QuoteDecline,
  QuoteInput,
  QuoteListQuery,
  QuoteListed,
  QuotePatchInput,
  QuoteWithdrawal,
} from '@tenantry/contracts/quotes'
import { Mail, QuoteMail } from '@tenantry/contracts/mail'
import { TenantryError } from '@tenantry/errors'
import { recordRef, recordVersion } from '@tenantry/contracts/record-inputs'
import { answerPdf } from '../files/answer-pdf.ts'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { sendingProcedure } from '../procedures/sending.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { recordProcedures } from '../record-procedures.ts'

const requires = '0033_withdrawals'
const seeing = tenantProcedure.meta({ permission: 'records.see', requires })
const writing = tenantProcedure.meta({ permission: 'records.write', requires })
const sending = sendingProcedure.meta({ permission: 'records.write', requires })

export const quotesRouter = router({
  ...recordProcedures({
    id: QuoteId,
    query: QuoteListQuery,
    input: QuoteInput,
    patch: QuotePatchInput,
    row: Quote,
    listed: QuoteListed,
    reader: (db) => db.quotes,
    writer: (db) => db.quotes,
    requires,
  }),
  /** With the customer's link, which is told once and replaces the one before. */
  send: sending
    .input(recordVersion(QuoteId))
    .output(z.object({ quote: Quote, token: LinkToken }))
    .mutation(async ({ ctx: { tenantDb, openLink }, input }) => {
      const quote = await tenantDb.quotes.send(input)
      const link = await openLink('quote', quote.validUntil)
      await tenantDb.quotes.putLink(quote.id, link.hash)
      return { quote, token: link.token }
    }),
  /** By mail, with the link and the PDF. A draft is sent first; the link replaces the one before. */
  mail: sending
    .input(QuoteMail)
    .output(Mail)
    .mutation(async ({ ctx: { tenantDb, mail }, input: { id, version, ...letter } }) => {
      const known = await mail.findByKey(tenantDb, letter.idempotencyKey)
      if (known !== undefined) return known
      const before = await tenantDb.quotes.byId(id)
      const quote = before.status === 'draft' ? await tenantDb.quotes.send({ id, version }) : before
      if (quote.status !== 'sent' && quote.status !== 'viewed')
        throw new TenantryError('RULE_VIOLATED', { message: 'This quote is not on offer any more.' })
      const putLink = (hash: Uint8Array) => tenantDb.quotes.putLink(id, hash)
      return mail.queue(tenantDb, { ...quote, kind: 'quote' }, { ...letter, until: quote.validUntil, putLink })
    }),
  revise: writing
    .input(recordVersion(QuoteId))
    .output(Quote)
    .mutation(({ ctx, input }) => ctx.tenantDb.quotes.revise(input)),
  accept: writing
    .input(QuoteAcceptance)
    .output(z.object({ quote: Quote, contract: Contract }))
    .mutation(({ ctx, input }) => acceptQuote(ctx.tenantDb, input)),
  /** With the contracts that are void now: the company takes back what nobody has signed. */
  withdraw: writing
    .input(QuoteWithdrawal)
    .output(z.object({ quote: Quote, contracts: z.array(Contract) }))
    .mutation(({ ctx, input }) => withdrawQuote(ctx.tenantDb, input)),
  /** Another contract about an accepted quote, once the one before was declined, voided or not signed in time. */
  issueContract: writing
    .input(recordVersion(QuoteId))
    .output(Contract)
    .mutation(({ ctx, input }) => issueAnotherContract(ctx.tenantDb, input)),
  decline: writing
    .input(QuoteDecline)
    .output(Quote)
    .mutation(({ ctx, input: { reason = null, ...at } }) => ctx.tenantDb.quotes.decline({ ...at, reason })),
  /** The file itself, as the answer to `/api/files/quotes/<id>`. */
  pdf: seeing
    .input(recordRef(QuoteId))
    .output(FileSent)
    .query(async ({ ctx: { tenantDb, exchange }, input }) => {
      const document = await publicQuote(tenantDb, await tenantDb.quotes.byId(input.id))
      return answerPdf(exchange, { kind: 'quote', document })
    }),
})
