import { acceptQuote } from '@tenantry/crm/accept-quote'
import { publicContract, publicInvoice, publicQuote } from '@tenantry/crm/document-views'
import { payInvoice } from '@tenantry/crm/pay-invoice'
import { signContract } from '@tenantry/crm/sign-contract'
import { FileSent } from '@tenantry/contracts/attachments'
import {
  LinkInput,
  PublicAcceptance,
  PublicAccepted,
  PublicContract,
  PublicContractLink,
  PublicDecline,
  PublicInvoice,
  PublicInvoiceLink,
  PublicPaid,
  PublicPayableInvoice,
  PublicPayment,
  PublicQuote,
  PublicSignature,
  PublicSigned,
} from '@tenantry/contracts/public-links'
import { linkProcedure } from '../procedures/link.ts'
import { payingProcedure } from '../procedures/paying.ts'
import { router } from '../procedures/router.ts'
import { contractOfQuote, invoiceOfContract, linkToContract, linkToInvoice } from '../public/next-document.ts'
import { answerContract } from '../files/answer-contract.ts'
import { answerPdf } from '../files/answer-pdf.ts'

const requires = '0036_signed_contracts'
const quote = linkProcedure.meta({ permission: 'link', requires, kind: 'quote' })
const contract = linkProcedure.meta({ permission: 'link', requires, kind: 'contract' })
const invoice = linkProcedure.meta({ permission: 'link', requires, kind: 'invoice' })
const quoteDrawn = linkProcedure.meta({ permission: 'link', requires, kind: 'quote', isDrawn: true })
const contractDrawn = linkProcedure.meta({ permission: 'link', requires, kind: 'contract', isDrawn: true })
const invoiceDrawn = linkProcedure.meta({ permission: 'link', requires, kind: 'invoice', isDrawn: true })
const paying = payingProcedure.meta({ permission: 'link', requires, kind: 'invoice' })

/**
 * What a customer can do without signing in. The link says which company and which document; no input names either. A query
 * changes nothing, since machines open links too: that somebody has seen a document is a call of its own.
 */
export const publicRouter = router({
  quote: quote
    .input(LinkInput)
    .output(PublicQuote)
    .query(async ({ ctx }) => publicQuote(ctx.tenantDb, await ctx.tenantDb.quotes.byLink(ctx.link.hash))),
  seeQuote: quote
    .input(LinkInput)
    .output(PublicQuote)
    .mutation(async ({ ctx: { tenantDb, link } }) => {
      const { id } = await tenantDb.quotes.byLink(link.hash)
      return publicQuote(tenantDb, await tenantDb.quotes.view(id))
    }),
  /** The file itself, as the answer to a post to `/api/files/public/quote`. */
  quotePdf: quoteDrawn
    .input(LinkInput)
    .output(FileSent)
    .query(async ({ ctx: { tenantDb, link, exchange } }) => {
      const document = await publicQuote(tenantDb, await tenantDb.quotes.byLink(link.hash))
      return answerPdf(exchange, { kind: 'quote', document }, 'public')
    }),
  /** With the link to the contract, when the one whom the quote was made to signs it alone. */
  acceptQuote: quote
    .input(PublicAcceptance)
    .output(PublicAccepted)
    .mutation(async ({ ctx: { tenantDb, link }, input }) => {
      const { id } = await tenantDb.quotes.byLink(link.hash)
      const accepted = await acceptQuote(tenantDb, { id, name: input.name, chosen: input.chosen, ip: link.ip })
      const contractToken = await linkToContract(tenantDb, link.open, accepted)
      return { quote: await publicQuote(tenantDb, accepted.quote), contractToken }
    }),
  /** For whoever comes back to a quote that is accepted, or was not told of its contract. */
  openContract: quote
    .input(LinkInput)
    .output(PublicContractLink)
    .mutation(async ({ ctx: { tenantDb, link } }) => {
      const opened = await tenantDb.quotes.byLink(link.hash)
      const found = await contractOfQuote(tenantDb, opened.id)
      if (found === undefined) return { contractToken: null }
      return { contractToken: await linkToContract(tenantDb, link.open, { quote: opened, contract: found }) }
    }),
  declineQuote: quote
    .input(PublicDecline)
    .output(PublicQuote)
    .mutation(async ({ ctx: { tenantDb, link }, input }) => {
      const { id } = await tenantDb.quotes.byLink(link.hash)
      return publicQuote(tenantDb, await tenantDb.quotes.decline({ id, reason: input.reason ?? null }))
    }),

  contract: contract
    .input(LinkInput)
    .output(PublicContract)
    .query(async ({ ctx }) => publicContract(ctx.tenantDb, await ctx.tenantDb.contracts.byLink(ctx.link.hash))),
  seeContract: contract
    .input(LinkInput)
    .output(PublicContract)
    .mutation(async ({ ctx: { tenantDb, link } }) => {
      const seen = await tenantDb.contracts.byLink(link.hash)
      await tenantDb.contracts.view({ id: seen.contract.id, signerId: seen.signer.id })
      return publicContract(tenantDb, await tenantDb.contracts.byLink(link.hash))
    }),
  contractPdf: contractDrawn
    .input(LinkInput)
    .output(FileSent)
    .query(async ({ ctx: { tenantDb, link, exchange } }) => {
      const { contract: found } = await tenantDb.contracts.byLink(link.hash)
      return answerContract(tenantDb, found, { exchange, files: link.files, reader: 'public' })
    }),
  /** With the link to the invoice that is due at once, when this was the last signature. */
  signContract: contract
    .input(PublicSignature)
    .output(PublicSigned)
    .mutation(async ({ ctx: { tenantDb, link }, input }) => {
      const { contract: signed, signer } = await tenantDb.contracts.byLink(link.hash)
      const { signature, bodySha256 } = input
      const { ip, userAgent } = link
      const { contract: now, invoices } = await signContract(tenantDb, {
        id: signed.id,
        signerId: signer.id,
        signature,
        bodySha256,
        ip,
        userAgent,
      })
      if (now.status === 'completed') await link.keepSigned(now.id)
      const shown = await publicContract(tenantDb, await tenantDb.contracts.byLink(link.hash))
      const [first] = invoices
      return { contract: shown, invoiceToken: await linkToInvoice(tenantDb, link.open, first) }
    }),
  /** The same for the invoice of a contract that is complete. */
  openInvoice: contract
    .input(LinkInput)
    .output(PublicInvoiceLink)
    .mutation(async ({ ctx: { tenantDb, link } }) => {
      const { contract: signed } = await tenantDb.contracts.byLink(link.hash)
      return { invoiceToken: await linkToInvoice(tenantDb, link.open, await invoiceOfContract(tenantDb, signed)) }
    }),
  declineContract: contract
    .input(PublicDecline)
    .output(PublicContract)
    .mutation(async ({ ctx: { tenantDb, link }, input }) => {
      const { contract: declined, signer } = await tenantDb.contracts.byLink(link.hash)
      await tenantDb.contracts.decline({ id: declined.id, signerId: signer.id, reason: input.reason ?? null })
      return publicContract(tenantDb, await tenantDb.contracts.byLink(link.hash))
    }),

  invoice: invoice
    .input(LinkInput)
    .output(PublicPayableInvoice)
    .query(async ({ ctx: { tenantDb, link } }) => {
      const shown = await publicInvoice(tenantDb, await tenantDb.invoices.byLink(link.hash))
      return { ...shown, paysWith: link.paysWith }
    }),
  seeInvoice: invoice
    .input(LinkInput)
    .output(PublicInvoice)
    .mutation(async ({ ctx: { tenantDb, link } }) => {
      const { id } = await tenantDb.invoices.byLink(link.hash)
      return publicInvoice(tenantDb, await tenantDb.invoices.view(id))
    }),
  invoicePdf: invoiceDrawn
    .input(LinkInput)
    .output(FileSent)
    .query(async ({ ctx: { tenantDb, link, exchange } }) => {
      const document = await publicInvoice(tenantDb, await tenantDb.invoices.byLink(link.hash))
      return answerPdf(exchange, { kind: 'invoice', document }, 'public')
    }),
  payInvoice: paying
    .input(PublicPayment)
    .output(PublicPaid)
    .mutation(async ({ ctx: { payer, link }, input }) => {
      const { amountMinor, source, idempotencyKey } = input
      const paid = await payInvoice(payer, { linkHash: link.hash, amountMinor, source, idempotencyKey })
      const shown = await payer.write((db) => publicInvoice(db, paid.invoice))
      return { status: paid.payment.status, amountMinor: paid.payment.amountMinor, invoice: shown }
    }),
})
