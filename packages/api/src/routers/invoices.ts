import { LinkToken } from '@tenantry/contracts/public-links'
import { FileSent } from '@tenantry/contracts/attachments'
import { publicInvoice } from '@tenantry/crm/document-views'
import { InvoiceId } from '@tenantry/contracts/ids'
import {
  CreditNoteInput,
  Invoice,
  InvoiceClosing,
  InvoiceInput,
  InvoiceListQuery,
  InvoiceListed,
  InvoicePatchInput,
} from '@tenantry/contracts/invoices'
import { InvoiceMail, Mail } from '@tenantry/contracts/mail'
import { recordRef, recordVersion } from '@tenantry/contracts/record-inputs'
import { TenantryError } from '@tenantry/errors'
import { answerPdf } from '../files/answer-pdf.ts'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { sendingProcedure } from '../procedures/sending.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { recordProcedures } from '../record-procedures.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })
const managing = tenantProcedure.meta({ permission: 'money.manage' })
const requires = '0030_onward_links'
const sending = sendingProcedure.meta({ permission: 'records.write', requires })

export const invoicesRouter = router({
  ...recordProcedures({
    id: InvoiceId,
    query: InvoiceListQuery,
    input: InvoiceInput,
    patch: InvoicePatchInput,
    row: Invoice,
    listed: InvoiceListed,
    reader: (db) => db.invoices,
    writer: (db) => db.invoices,
  }),
  issue: writing
    .input(recordVersion(InvoiceId))
    .output(Invoice)
    .mutation(({ ctx, input }) => ctx.tenantDb.invoices.issue(input)),
  /** The customer's link, which is told once and replaces the one before. */
  link: sending
    .input(recordRef(InvoiceId))
    .output(z.object({ token: LinkToken }))
    .mutation(async ({ ctx: { tenantDb, openLink }, input: { id } }) => {
      const { status, dueOn } = await tenantDb.invoices.byId(id)
      if (status === 'draft') throw new TenantryError('RULE_VIOLATED', { message: 'Issue the invoice first.' })
      const link = await openLink('invoice', dueOn)
      await tenantDb.invoices.putLink(id, link.hash)
      return { token: link.token }
    }),
  /** By mail, with the link and the PDF. The link replaces the one before. */
  mail: sending
    .input(InvoiceMail)
    .output(Mail)
    .mutation(async ({ ctx: { tenantDb, mail }, input: { id, ...letter } }) => {
      const known = await mail.findByKey(tenantDb, letter.idempotencyKey)
      if (known !== undefined) return known
      const invoice = await tenantDb.invoices.byId(id)
      const { number } = invoice
      if (number === null) throw new TenantryError('RULE_VIOLATED', { message: 'Issue the invoice first.' })
      const putLink = (hash: Uint8Array) => tenantDb.invoices.putLink(id, hash)
      return mail.queue(tenantDb, { ...invoice, kind: 'invoice', number }, { ...letter, until: invoice.dueOn, putLink })
    }),
  void: managing
    .input(InvoiceClosing)
    .output(Invoice)
    .mutation(({ ctx, input }) => ctx.tenantDb.invoices.void(input)),
  writeOff: managing
    .input(InvoiceClosing)
    .output(Invoice)
    .mutation(({ ctx, input }) => ctx.tenantDb.invoices.writeOff(input)),
  credit: managing
    .input(CreditNoteInput)
    .output(Invoice)
    .mutation(({ ctx, input }) => ctx.tenantDb.invoices.credit(input)),
  /** The file itself, as the answer to `/api/files/invoices/<id>`. */
  pdf: seeing
    .input(recordRef(InvoiceId))
    .output(FileSent)
    .query(async ({ ctx: { tenantDb, exchange }, input }) => {
      const document = await publicInvoice(tenantDb, await tenantDb.invoices.byId(input.id))
      return answerPdf(exchange, { kind: 'invoice', document })
    }),
})
