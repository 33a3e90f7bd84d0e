CREATE TABLE "crm"."record_merges" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid,
	"merged_account_id" uuid,
	"contact_id" uuid,
	"merged_contact_id" uuid,
	"moved" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "record_merges_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "record_merges_pair_check" CHECK (num_nonnulls(account_id, merged_account_id) in (0, 2) and num_nonnulls(contact_id, merged_contact_id) in (0, 2)
        and num_nonnulls(account_id, contact_id) = 1)
);
--> statement-breakpoint
ALTER TABLE "crm"."record_merges" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."record_merges" ADD CONSTRAINT "record_merges_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_merges" ADD CONSTRAINT "record_merges_merged_account_fk" FOREIGN KEY ("tenant_id","merged_account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_merges" ADD CONSTRAINT "record_merges_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_merges" ADD CONSTRAINT "record_merges_merged_contact_fk" FOREIGN KEY ("tenant_id","merged_contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "record_merges_by_account" ON "crm"."record_merges" USING btree ("tenant_id","merged_account_id");--> statement-breakpoint
CREATE INDEX "record_merges_by_contact" ON "crm"."record_merges" USING btree ("tenant_id","merged_contact_id");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."record_merges" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
call crm.guard_pointers();
--> statement-breakpoint
-- As before, and a payment goes along when its account is merged into another one.
create or replace procedure crm.grant_serving_rights(serving name)
language plpgsql set search_path = '' as $$
begin
  execute format('grant usage on schema crm to %I', serving);
  execute format('grant select, insert, update, delete on all tables in schema crm to %I', serving);
  execute format('revoke all on crm.identity from %I', serving);
  execute format('revoke insert, update, delete on crm.currencies, crm.invoice_balances from %I', serving);
  execute format('revoke update, delete on crm.record_changes, crm.opportunity_stage_history, crm.payments from %I', serving);
  execute format('grant update (account_id, status, received_at, provider_ref, note) on crm.payments to %I', serving);
  execute format('revoke update, delete on crm.payment_allocations from %I', serving);
  execute format('grant update (amount_minor) on crm.payment_allocations to %I', serving);
  if to_regclass('crm.schema_migrations') is not null then
    execute format('revoke insert, update, delete on crm.schema_migrations from %I', serving);
  end if;
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.hold_epoch(bigint) to %I', serving);
  execute format('grant execute on function crm.account_is_of(uuid, uuid[]), crm.is_seen(text, uuid),
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid) to %I', serving);
end $$;
