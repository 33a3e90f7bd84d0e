-- Duplicates are looked for by telephone number too; an event has a theme.
ALTER TABLE "crm"."events" ADD COLUMN "theme" text;--> statement-breakpoint
CREATE INDEX "accounts_by_phone" ON "crm"."accounts" USING btree ("tenant_id","phone_e164");
