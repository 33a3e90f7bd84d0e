import { day, digitsOf, email, filled, isFraction, literal, member, minor, phoneValue, wordOr } from '../expressions.ts'
import { pointer, type Given } from '../given.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function leads(given: Given): TableMove<'leads'> {
  const { company, isMoved } = given
  const isConverted = 'coalesce(leads.is_converted, false)'
  const status = wordOr('status', 'leads', 'new', {
    new: ['new', 'open', 'fresh'],
    contacted: ['contacted', 'working', 'in progress'],
    qualified: ['qualified', 'hot', 'converted'],
    unqualified: ['unqualified', 'disqualified', 'dead', 'spam', 'junk'],
  })
  const to = (
    column: 'account_id' | 'contact_id' | 'opportunity_id',
    table: 'accounts' | 'contacts' | 'opportunities',
  ) => {
    const value = pointer(given, 'leads', `converted_${column}`, table)
    const reason = `points at a row of ${table} that does not exist or was not moved in, or stands on one that was not converted`
    return {
      sql: `(case when ${isConverted} then ${value.sql} end)`,
      lost: { column: `converted_${column}`, reason },
    }
  }
  return {
    source: 'leads',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      first_name: copied('first_name'),
      last_name: copied('last_name'),
      company: converted('a lead with nothing else is a company', 'company', 'kind'),
      email: converted('only what is an address', 'email'),
      phone: converted('international form', 'phone_e164'),
      source: copied('source'),
      status: converted('one of five words', 'status', 'unqualified_reason'),
      event_type: copied('event_type'),
      event_date: converted('only what is a day', 'wanted_on'),
      guest_count: copied('guest_count'),
      budget: converted('smallest unit of the currency of the company', 'budget_minor', 'currency'),
      message: copied('message'),
      is_converted: converted('the status, and the records it became', 'status', 'converted_at'),
      converted_at: converted('the last change where it was not recorded', 'converted_at'),
      converted_account_id: converted('of converted ones', 'converted_account_id'),
      converted_contact_id: converted('of converted ones', 'converted_contact_id'),
      converted_opportunity_id: converted('of converted ones', 'converted_opportunity_id'),
      assigned_to: converted('only people of the company', 'owner_id'),
    },
    rejects: [
      { reason: 'has a budget below zero', when: 'leads.budget < 0' },
      { reason: 'has an amount that its currency cannot say', when: isFraction(company, 'leads.budget') },
      {
        reason: 'was converted into records that do not exist or were not moved in',
        when: `${isConverted} and not (leads.converted_account_id is not null and ${isMoved('accounts', 'leads.converted_account_id')})
          and not (leads.converted_contact_id is not null and ${isMoved('contacts', 'leads.converted_contact_id')})`,
      },
    ],
    prepared: { phone_digits: digitsOf('leads.phone') },
    parts: [
      {
        target: 'leads',
        values: {
          company: 'leads.company',
          kind: `(case when coalesce(${filled('leads.first_name')}, ${filled('leads.last_name')}) is null and ${filled('leads.company')} is not null then 'company' else 'person' end)`,
          email: email('leads', 'email'),
          phone_e164: phoneValue(company, 'leads', 'phone', 'prepared.phone_digits'),
          status: { ...status, sql: `(case when ${isConverted} then 'converted' else ${status.sql} end)` },
          unqualified_reason: `(case when not ${isConverted} and ${status.sql} = 'unqualified' then 'not recorded' end)`,
          wanted_on: day('leads', 'event_date'),
          budget_minor: minor(company, 'leads.budget'),
          currency: `(case when leads.budget is not null then ${literal(company.currency)} end)`,
          converted_at: {
            sql: `(case when ${isConverted} then coalesce(leads.converted_at, leads.updated_at) end)`,
            lost: { column: 'converted_at', reason: 'stands on one that was not converted' },
          },
          converted_account_id: to('account_id', 'accounts'),
          converted_contact_id: to('contact_id', 'contacts'),
          converted_opportunity_id: to('opportunity_id', 'opportunities'),
          owner_id: member(company, 'leads', 'assigned_to'),
        },
      },
    ],
    references: [
      { column: 'converted_account_id', to: 'accounts' },
      { column: 'converted_contact_id', to: 'contacts' },
      { column: 'converted_opportunity_id', to: 'opportunities' },
    ],
  }
}
