ALTER TABLE "crm"."attachments" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "crm"."attachments" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(file_name || chr(10) || coalesce(description, '')), 500)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "attachments_by_name" ON "crm"."attachments" USING btree ("tenant_id","file_name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "attachments_by_size" ON "crm"."attachments" USING btree ("tenant_id","byte_size","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "attachments_by_created" ON "crm"."attachments" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "attachments_search" ON "crm"."attachments" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "attachments_archive" ON "crm"."attachments" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "attachments_bin" ON "crm"."attachments" USING btree ("tenant_id","id") WHERE deleted_at is not null;