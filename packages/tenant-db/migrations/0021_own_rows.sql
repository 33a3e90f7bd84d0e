-- The rows of one person are found by an index: their owner's, and of those without one their author's.
DROP INDEX "crm"."accounts_by_owner";--> statement-breakpoint
DROP INDEX "crm"."contacts_by_owner";--> statement-breakpoint
DROP INDEX "crm"."events_by_owner";--> statement-breakpoint
DROP INDEX "crm"."leads_by_owner";--> statement-breakpoint
DROP INDEX "crm"."opportunities_by_owner";--> statement-breakpoint
CREATE INDEX "attachments_by_author" ON "crm"."attachments" USING btree ("tenant_id","created_by","id");--> statement-breakpoint
CREATE INDEX "communications_by_author" ON "crm"."communications" USING btree ("tenant_id","created_by","id");--> statement-breakpoint
CREATE INDEX "notes_by_author" ON "crm"."notes" USING btree ("tenant_id","created_by","id");--> statement-breakpoint
CREATE INDEX "tasks_by_owner" ON "crm"."tasks" USING btree ("tenant_id","assignee_id","created_by");--> statement-breakpoint
CREATE INDEX "accounts_by_owner" ON "crm"."accounts" USING btree ("tenant_id","owner_id","created_by");--> statement-breakpoint
CREATE INDEX "contacts_by_owner" ON "crm"."contacts" USING btree ("tenant_id","owner_id","created_by");--> statement-breakpoint
CREATE INDEX "events_by_owner" ON "crm"."events" USING btree ("tenant_id","owner_id","created_by");--> statement-breakpoint
CREATE INDEX "leads_by_owner" ON "crm"."leads" USING btree ("tenant_id","owner_id","created_by");--> statement-breakpoint
CREATE INDEX "opportunities_by_owner" ON "crm"."opportunities" USING btree ("tenant_id","owner_id","created_by");