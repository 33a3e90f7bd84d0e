CREATE INDEX "contracts_by_event" ON "crm"."contracts" USING btree ("tenant_id","event_id");--> statement-breakpoint
CREATE INDEX "invoices_by_event" ON "crm"."invoices" USING btree ("tenant_id","event_id");--> statement-breakpoint
CREATE INDEX "invoices_by_quote" ON "crm"."invoices" USING btree ("tenant_id","quote_id");--> statement-breakpoint
CREATE INDEX "quotes_by_event" ON "crm"."quotes" USING btree ("tenant_id","event_id");--> statement-breakpoint
CREATE INDEX "record_changes_steps" ON "crm"."record_changes" USING btree ("tenant_id","entity","entity_id","at","id") WHERE (action in ('sent', 'accepted', 'declined', 'withdrawn', 'signed', 'completed', 'voided', 'expired',
    'issued', 'paid', 'written_off', 'converted')
  or (action = 'created' and entity in ('opportunity', 'event'))
  or (action in ('booked', 'released') and entity = 'event_date')
  or (entity = 'opportunity' and diff ? 'outcome')
  or (entity = 'event' and diff ? 'status'));