/** What somebody could do to the rows of a company past the application, and which check of the audit must say so. */
export interface Plant {
  what: string
  /** Constraints and triggers are off while it is done. */
  sql: string
  check: string
}

const first = (table: string, where = 'true') => `(select id from crm.${table} where ${where} order by id limit 1)`

export const plants: Plant[] = [
  {
    what: 'a cent more is allocated',
    sql: `update crm.payment_allocations set amount_minor = amount_minor + 1
      where payment_id = ${first('payments', `kind = 'payment' and status = 'succeeded'`)}`,
    check: 'balances',
  },
  {
    what: 'a payment came in a cent short',
    sql: `update crm.payments set amount_minor = amount_minor - 1
      where id = ${first('payments', `kind = 'payment' and status = 'succeeded'`)}`,
    check: 'what is left of payments',
  },
  {
    what: 'a payment that came in is pending again',
    sql: `update crm.payments set status = 'pending' where id = ${first('payments', `provider = 'test' and status = 'succeeded'`)}`,
    check: 'payments that stay pending',
  },
  {
    what: 'a line costs a cent more',
    sql: `update crm.invoice_line_items set unit_price_minor = unit_price_minor + 1
      where id = ${first('invoice_line_items', 'quantity >= 1')}`,
    check: 'totals of documents',
  },
  {
    what: 'a part of an invoice is a cent less',
    sql: `update crm.payment_schedule set amount_minor = amount_minor - 1
      where id = ${first('payment_schedule', 'amount_minor > 1')}`,
    check: 'instalments',
  },
  {
    what: 'a contract lacks its invoice',
    sql: `update crm.invoices set quote_id = null where id = ${first('invoices', 'quote_id is not null')}`,
    check: 'invoices of quotes',
  },
  {
    what: 'a number is left out',
    sql: `update crm.number_series set next_value = next_value + 1 where key = 'contract';
      update crm.contracts set number = 'C-' || lpad((substr(number, 3)::int + 1)::text, 4, '0')
      where number = (select max(number) from crm.contracts)`,
    check: 'series of numbers',
  },
  {
    what: 'two bookings overlap',
    sql: `alter table crm.resource_bookings drop constraint resource_bookings_no_double_booking;
      update crm.resource_bookings b set blocked_range = a.blocked_range
      from crm.resource_bookings a where a.resource_id = b.resource_id and a.id < b.id
        and a.state = 'confirmed' and b.state = 'confirmed'`,
    check: 'double bookings',
  },
  {
    what: 'a booking begins an hour late',
    sql: `update crm.resource_bookings set blocked_range = tstzrange(lower(blocked_range) + interval '1 hour', upper(blocked_range))
      where id = ${first('resource_bookings', `state = 'confirmed' and event_date_id is not null`)}`,
    check: 'blocked times',
  },
  {
    what: 'a booking lacks its line of history',
    sql: `delete from crm.record_changes where id = (select max(id) from crm.record_changes where diff ? 'booking')`,
    check: 'lines of bookings',
  },
  {
    what: 'a hold has another rank than history says',
    sql: `update crm.resource_bookings set state = 'hold', hold_rank = 7 where id = ${first('resource_bookings', `state = 'released'`)}`,
    check: 'lines of bookings',
  },
  {
    what: 'an event ends too early',
    sql: `update crm.events set last_ends_at = first_starts_at + interval '1 hour' where id = ${first('events')}`,
    check: 'spans of events',
  },
  {
    what: 'a line of history is lost',
    sql: `delete from crm.record_changes where id = (select min(id) from crm.record_changes where version_after = 2)`,
    check: 'lines of history',
  },
  {
    what: 'the last line of history is lost',
    sql: `delete from crm.record_changes where id = (select max(id) from crm.record_changes where version_after > 1)`,
    check: 'lines of history',
  },
  {
    what: 'a record was changed without a line',
    sql: `update crm.accounts set name = name || '!' where id = ${first('accounts')}`,
    check: 'fields of records',
  },
  {
    what: 'history says of a step something else',
    sql: `update crm.record_changes set diff = jsonb_set(diff, '{status,from}', '"qualified"')
      where id = (select min(id) from crm.record_changes where entity = 'lead' and version_after = 2 and diff ? 'status')`,
    check: 'steps of history',
  },
  {
    what: 'a record is gone for good',
    sql: `delete from crm.notes where id = ${first('notes')}`,
    check: 'records that history tells of',
  },
  {
    what: 'a stage is skipped',
    sql: `delete from crm.opportunity_stage_history where id = (select min(id) from crm.opportunity_stage_history)`,
    check: 'stages one after another',
  },
  {
    what: 'a stage lasted longer',
    sql: `update crm.opportunity_stage_history set seconds_in_previous = seconds_in_previous + 1
      where seconds_in_previous is not null`,
    check: 'time spent in stages',
  },
  {
    what: 'a lead became two opportunities',
    sql: `update crm.opportunities set lead_id = (select lead_id from crm.opportunities where lead_id is not null order by id limit 1)
      where id = (select id from crm.opportunities where lead_id is not null order by id desc limit 1)`,
    check: 'leads',
  },
  {
    what: 'a mail has not left',
    sql: `update crm.outbox set status = 'sending' where id = ${first('outbox')}`,
    check: 'mails',
  },
  {
    what: 'a change was told nobody',
    sql: `insert into crm.record_changes overriding system value
      select (jsonb_populate_record(c, jsonb_build_object('id', (select max(id) + 1 from crm.record_changes), 'version_after', null))).*
      from crm.record_changes c where id = (select max(id) from crm.record_changes where entity = 'note')`,
    check: 'messages of records',
  },
  {
    what: 'a message waits on',
    sql: `update crm.webhook_messages set status = 'waiting' where id = ${first('webhook_messages')}`,
    check: 'messages that wait',
  },
  {
    what: 'a message is forgotten',
    sql: `delete from crm.webhook_messages where id = ${first('webhook_messages')}`,
    check: 'messages delivered',
  },
  {
    what: 'a contract was signed without a word',
    sql: `update crm.contract_signers set signed_at = null, signed_body_sha256 = null where id = ${first('contract_signers', 'signed_at is not null')}`,
    check: 'meaning of messages',
  },
  {
    what: 'the text of a signed contract is another one',
    sql: `update crm.contracts set body_html = body_html || '!' where id = ${first('contracts', `status = 'completed'`)}`,
    check: 'what was signed',
  },
  {
    what: 'a drawn signature is a picture from elsewhere',
    sql: `update crm.contract_signers set signature_value = 'https://example.com/a.png' where id = ${first('contract_signers', `signature_kind = 'drawn'`)}`,
    check: 'drawn signatures',
  },
  {
    what: 'somebody has agreed to something else',
    sql: `update crm.contract_signers set consent_text = 'I agree.' where id = ${first('contract_signers', 'signed_at is not null')}`,
    check: 'sentences of signatures',
  },
  {
    what: 'the file of a signed contract is another one',
    sql: `update crm.attachments set sha256 = '\\x00' where id = ${first('attachments', 'is_evidence')}`,
    check: 'signed files',
  },
  {
    what: 'a contract about a withdrawn quote stands',
    sql: `update crm.contracts set status = 'sent' where quote_id = ${first('quotes', `status = 'withdrawn'`)}`,
    check: 'withdrawn quotes',
  },
  {
    what: 'an evening begins an hour later than calendars say',
    sql: `update crm.event_dates set start_time = start_time + interval '1 hour' where id = ${first('event_dates', 'event_id is not null')}`,
    check: 'dates in the calendar',
  },
  {
    what: 'calendars show a date that there is not',
    sql: `delete from crm.event_dates where id = ${first('event_dates', 'event_id is not null')}`,
    check: 'entries of the calendar',
  },
  {
    what: 'a location is called otherwise than its export says',
    sql: `update crm.locations set name = name || '!'`,
    check: 'exported cells',
  },
  {
    what: 'an export lacks a location',
    sql: `update crm.locations set deleted_at = now(), archived_at = null where id = ${first('locations')}`,
    check: 'exported lists',
  },
  {
    what: 'an import counts a row too many',
    sql: `update crm.import_batches set created = created + 1`,
    check: 'imports',
  },
  {
    what: 'an imported row is not told of',
    sql: `delete from crm.import_rows where (batch_id, row_no) = (select batch_id, row_no from crm.import_rows limit 1)`,
    check: 'rows of imports',
  },
  {
    what: 'a line of history of an import is lost',
    sql: `delete from crm.record_changes where id = (select max(id) from crm.record_changes where request_id like 'import-%')`,
    check: 'history of imports',
  },
  {
    what: 'an address of an import is left behind',
    sql: `insert into crm.contact_points (tenant_id, contact_id, kind, value, value_norm)
      select tenant_id, contact_id, kind, value || '.au', value_norm || '.au' from crm.contact_points where kind = 'email' limit 1`,
    check: 'imports taken back',
  },
  {
    what: 'an import takes more back than it did',
    sql: `delete from crm.contact_points where id = ${first('contact_points')}`,
    check: 'imports taken back',
  },
  { what: 'a mail is forgotten', sql: `delete from crm.outbox where id = ${first('outbox')}`, check: 'mailbox' },
]
