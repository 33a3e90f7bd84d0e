ALTER TABLE "crm"."contract_signers" ADD COLUMN "onward_token_hash" "bytea";--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD COLUMN "onward_token_hash" "bytea";--> statement-breakpoint
CREATE UNIQUE INDEX "contract_signers_onward_token" ON "crm"."contract_signers" USING btree ("tenant_id","onward_token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_onward_token" ON "crm"."invoices" USING btree ("tenant_id","onward_token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "quotes_one_accepted" ON "crm"."quotes" USING btree ("tenant_id","opportunity_id") WHERE status in ('accepted', 'converted') and deleted_at is null;