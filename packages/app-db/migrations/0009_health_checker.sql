ALTER TABLE "app"."data_source_health" ADD COLUMN "message" text;--> statement-breakpoint
ALTER TABLE "app"."data_source_health" ADD COLUMN "milliseconds" integer;--> statement-breakpoint
ALTER TABLE "app"."data_source_health" ADD COLUMN "database_bytes" bigint;--> statement-breakpoint
CREATE INDEX "data_source_health_checked_at" ON "app"."data_source_health" USING btree ("checked_at");--> statement-breakpoint
ALTER TABLE "app"."data_source_health" DROP COLUMN "connect_ms";--> statement-breakpoint
ALTER TABLE "app"."data_source_health" DROP COLUMN "query_ms";--> statement-breakpoint
-- What was last found is kept; since when it has been so nobody knows.
update app.data_source_health h set
  state = case
    when c.success then 'healthy'
    when c.code = 'TENANT_SCHEMA_BEHIND' then 'behind'
    when c.code in ('TENANT_DATABASE_MISMATCH', 'TENANT_DATABASE_REFUSED', 'CONFIGURATION_INVALID') or c.code like 'CREDENTIAL\_%' then 'refused'
    else 'unreachable' end,
  since = c.checked_at, checked_at = c.checked_at, code = c.code, message = c.message, milliseconds = c.milliseconds,
  schema_version = c.schema_version, server_version = c.server_version, database_bytes = c.database_bytes
from app.tenant_checks c where c.tenant_id = h.tenant_id;
--> statement-breakpoint
ALTER TABLE "app"."data_source_health" ADD CONSTRAINT "data_source_health_looked_at" CHECK (num_nulls("app"."data_source_health"."state", "app"."data_source_health"."since", "app"."data_source_health"."checked_at", "app"."data_source_health"."milliseconds") in (0, 4));--> statement-breakpoint
DROP TABLE "app"."tenant_checks" CASCADE;--> statement-breakpoint
-- Whatever ends what processes remember of a tenant, such as another replica, is a reason to look as well.
drop trigger tenants_health_due on app.tenants;
--> statement-breakpoint
create trigger tenants_health_due after update of data_source_url, data_source_anon_key, data_source_identity, changed_in on app.tenants
  for each row execute function app.make_health_due();
