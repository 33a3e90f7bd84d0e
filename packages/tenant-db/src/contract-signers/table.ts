import { citext, instant } from '@tenantry/connections/columns'
import { SignatureKind } from '@tenantry/contracts/contracts'
import { sql } from 'drizzle-orm'
import { check, index, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, ipAddress } from '../columns.ts'
import { oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { contracts } from '../contracts/table.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { rowAccessOfPart } from '../row-access/policies.ts'
import { word } from '../word.ts'

/** A signature carries the hash of what was signed. */
export const contractSigners = crm.table(
  'contract_signers',
  {
    ...recordKey(),
    contractId: uuid('contract_id').notNull(),
    contactId: uuid('contact_id'),
    name: text('name').notNull(),
    email: citext('email').notNull(),
    role: text('role').notNull().default('client'),
    signOrder: smallint('sign_order').notNull().default(1),
    tokenHash: bytes('token_hash'),
    /** Of the link that the document before this one led to, beside the one that was sent. */
    onwardTokenHash: bytes('onward_token_hash'),
    viewedAt: instant('viewed_at'),
    signedAt: instant('signed_at'),
    declinedAt: instant('declined_at'),
    signatureKind: word('signature_kind', SignatureKind.options),
    signatureValue: text('signature_value'),
    consentText: text('consent_text'),
    ip: ipAddress('ip'),
    userAgent: text('user_agent'),
    signedBodySha256: bytes('signed_body_sha256'),
  },
  (t) => [
    ...tenantRules('contract_signers', [t.tenantId, t.id]),
    rowAccessOfPart('contract', 'contract_id'),
    oneOf(t.signatureKind, SignatureKind.options),
    check('contract_signers_signed_check', sql`(signed_at is null) = (signed_body_sha256 is null)`),
    sameTenant(t.contractId, contracts.id).onDelete('cascade'),
    sameTenant(t.contactId, contacts.id).onDelete('set null'),
    uniqueIndex('contract_signers_token').on(t.tenantId, t.tokenHash),
    uniqueIndex('contract_signers_onward_token').on(t.tenantId, t.onwardTokenHash),
    index('contract_signers_in_order').on(t.tenantId, t.contractId, t.signOrder),
  ],
)
