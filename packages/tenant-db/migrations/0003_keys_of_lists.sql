-- Under row security Postgres puts into an index condition only what cannot leak a row, and it takes COALESCE for something
-- that might: every later page by city or close date read all rows before it. CASE says the same and is known to be safe.
-- The key leads_converted_opportunity_fk stays, though the tables in TypeScript no longer know it.
DROP INDEX "crm"."accounts_by_city";--> statement-breakpoint
DROP INDEX "crm"."opportunities_by_close";--> statement-breakpoint
CREATE INDEX "accounts_by_city" ON "crm"."accounts" USING btree ("tenant_id",(case when billing_city is null then '' else billing_city end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_by_close" ON "crm"."opportunities" USING btree ("tenant_id",(case when expected_close_on is null then 'infinity'::date else expected_close_on end),"id") WHERE deleted_at is null;
