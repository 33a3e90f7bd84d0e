import type { AdminRun } from '@tenantry/connections/admin'
import { createHash } from 'node:crypto'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'

interface Contract extends Record<string, unknown> {
  id: string
  number: string
  status: string
  body: string
  told: string
  file: string | null
  evidence: boolean | null
  sha256: string | null
  signed: number
  unsigned: number
}

interface Signer extends Record<string, unknown> {
  id: string
  contract: string
  kind: string
  value: string
  consent: string
  from: string | null
  signed: string
}

/** What somebody agrees to who signs, in the language of this company. */
const sentences: Record<string, string> = {
  typed: 'I have read this contract and agree to it. My typed name is my signature.',
  drawn: 'I have read this contract and agree to it. What I have drawn is my signature.',
}

/**
 * What was signed is what is there, by those who have agreed to it and as it is kept; and of what was taken back, declined or
 * voided nothing goes on.
 */
export async function auditAgreements(run: AdminRun, ledger: Ledger, { signedFiles }: Claims): Promise<void> {
  const contracts = await run<Contract>(`select c.id, c.number, c.status, c.body_html as body,
    encode(c.body_sha256, 'hex') as told, c.signed_pdf_attachment_id as file, a.is_evidence as evidence,
    encode(a.sha256, 'hex') as sha256,
    (select count(*)::int from crm.contract_signers s where s.contract_id = c.id and s.signed_at is not null) as signed,
    (select count(*)::int from crm.contract_signers s where s.contract_id = c.id and s.signed_at is null) as unsigned
    from crm.contracts c left join crm.attachments a on a.id = c.signed_pdf_attachment_id`)
  for (const { id, number, status, body, told, file, evidence, sha256, signed, unsigned } of contracts) {
    const isComplete = signed > 0 && unsigned === 0
    ledger.compare('complete contracts', number, status === 'completed', isComplete)
    ledger.compare('texts of contracts', number, told, hashOf(body))
    ledger.compare('files of contracts', number, [file !== null, evidence], isComplete ? [true, true] : [false, null])
    if (isComplete) ledger.compare('signed files', number, signedFiles[id], sha256)
  }
  const texts = new Map(contracts.map(({ id, body }) => [id, hashOf(body)]))
  const signers =
    await run<Signer>(`select id, contract_id as contract, signature_kind as kind, signature_value as value,
    consent_text as consent, host(ip) as from, encode(signed_body_sha256, 'hex') as signed
    from crm.contract_signers where signed_at is not null`)
  for (const { id, contract, kind, value, consent, from, signed } of signers) {
    ledger.compare('what was signed', `signer ${id}`, signed, texts.get(contract))
    ledger.compare('sentences of signatures', `signer ${id}`, consent, sentences[kind])
    ledger.compare('drawn signatures', `signer ${id}`, /^(M\d+ \d+(L\d+ \d+)+)+$/.test(value), kind === 'drawn')
    ledger.compare('addresses of signatures', `signer ${id}`, from !== null, true)
  }
  const withdrawn = await run<{ number: string; told: boolean; standing: number; invoices: number }>(`
    select number || '/' || revision as number, withdrawn_at is not null and withdrawal_reason is not null as told,
      (select count(*)::int from crm.contracts c where c.quote_id = q.id
        and c.status in ('draft', 'sent', 'viewed', 'signed', 'completed')) as standing,
      (select count(*)::int from crm.invoices i where i.quote_id = q.id) as invoices
    from crm.quotes q where status = 'withdrawn'`)
  for (const { number, ...state } of withdrawn)
    ledger.compare('withdrawn quotes', number, state, { told: true, standing: 0, invoices: 0 })
  const agreed = await run<{ opportunity: string; quotes: number; contracts: number }>(`
    select q.opportunity_id as opportunity, count(distinct q.id)::int as quotes, count(distinct c.id)::int as contracts
    from crm.quotes q left join crm.contracts c on c.quote_id = q.id
      and c.status in ('draft', 'sent', 'viewed', 'signed', 'completed')
    where q.status in ('accepted', 'converted') and q.opportunity_id is not null group by 1`)
  for (const { opportunity, ...counts } of agreed)
    ledger.compare('agreements of opportunities', opportunity, counts, { quotes: 1, contracts: 1 })
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
