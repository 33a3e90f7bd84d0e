import { day, derivedId, email, filled, member, phoneValue } from '../expressions.ts'
import { pointer, type Given } from '../given.ts'
import { converted, copied, dropped, type Part, type TableMove, type Value } from '../table-move.ts'

export function contacts(given: Given): TableMove<'contacts'> {
  const { company, isMoved } = given
  const phone = { ...phoneValue(company, 'contacts', 'phone'), sql: 'prepared.phone' }
  const mobile = { ...phoneValue(company, 'contacts', 'mobile'), sql: 'prepared.mobile' }
  return {
    source: 'contacts',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      account_id: converted('a row of contact_accounts, unless the junction has it already', 'contact_accounts'),
      first_name: copied('first_name'),
      last_name: copied('last_name'),
      email: converted('a contact point', 'contact_points'),
      phone: converted('a contact point in international form', 'contact_points'),
      mobile: converted('a contact point in international form', 'contact_points'),
      title: copied('job_title'),
      birth_date: converted('only what is a day', 'birthday'),
      do_not_call: converted('no value means no', 'do_not_contact'),
      assigned_to: converted('only people of the company', 'owner_id'),
    },
    rejects: [
      {
        reason: 'has no name',
        when: `coalesce(${filled('contacts.first_name')}, ${filled('contacts.last_name')}) is null`,
      },
    ],
    prepared: {
      phone: phoneValue(company, 'contacts', 'phone').sql,
      mobile: phoneValue(company, 'contacts', 'mobile').sql,
    },
    parts: [
      {
        target: 'contacts',
        values: {
          do_not_contact: 'coalesce(contacts.do_not_call, false)',
          birthday: day('contacts', 'birth_date'),
          owner_id: member(company, 'contacts', 'assigned_to'),
        },
      },
      {
        target: 'contact_accounts',
        when: `contacts.account_id is not null and ${isMoved('accounts', 'contacts.account_id')} and not exists (
          select from public.contact_accounts junction where junction.tenant_id = contacts.tenant_id
            and junction.contact_id = contacts.id and junction.account_id = contacts.account_id)`,
        values: {
          contact_id: 'contacts.id',
          account_id: pointer(given, 'contacts', 'account_id', 'accounts'),
          is_primary: 'true',
          created_at: 'contacts.created_at',
          updated_at: 'contacts.updated_at',
        },
      },
      point('contact_points email', { value: email('contacts', 'email'), kind: 'email', isPrimary: 'true' }),
      point('contact_points phone', { value: phone, kind: 'phone', isPrimary: 'true' }),
      point('contact_points mobile', {
        value: mobile,
        kind: 'phone',
        isPrimary: `${phone.sql} is null`,
        unless: `${mobile.sql} = ${phone.sql}`,
      }),
    ],
    references: [{ column: 'account_id', to: 'accounts' }],
    kin: [{ table: 'contact_accounts', column: 'contact_id', of: 'id' }],
  }
}

function point(
  name: string,
  { value, kind, isPrimary, unless = 'false' }: { value: Value; kind: string; isPrimary: string; unless?: string },
): Part<'contact_points'> {
  return {
    target: 'contact_points',
    key: derivedId(name, 'contacts.id'),
    when: `${value.sql} is not null and coalesce(${unless}, false) is false`,
    values: {
      contact_id: 'contacts.id',
      kind: `'${kind}'`,
      value,
      value_norm: kind === 'email' ? `lower(${value.sql})` : value.sql,
      is_primary: isPrimary,
    },
  }
}
