CREATE TABLE "app"."operators" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"added_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "app"."support_access" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"operator_name" text NOT NULL,
	"reason" text NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	CONSTRAINT "support_access_reason" CHECK (length(btrim("app"."support_access"."reason")) >= 10),
	CONSTRAINT "support_access_expiry" CHECK ("app"."support_access"."expires_at" > "app"."support_access"."opened_at" and "app"."support_access"."expires_at" <= "app"."support_access"."opened_at" + interval '8 hours'),
	CONSTRAINT "support_access_end" CHECK (("app"."support_access"."ended_at" is null) = ("app"."support_access"."ended_by" is null))
);
--> statement-breakpoint
CREATE TABLE "app"."tenant_checks" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"checked_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"success" boolean NOT NULL,
	"code" text,
	"message" text,
	"milliseconds" integer NOT NULL,
	"schema_version" text,
	"server_version" text,
	"database_bytes" bigint
);
--> statement-breakpoint
ALTER TABLE "app"."sessions" ADD COLUMN "support_access_id" uuid;--> statement-breakpoint
ALTER TABLE "app"."tenants" ADD COLUMN "data_source_support_key" text;--> statement-breakpoint
ALTER TABLE "app"."operators" ADD CONSTRAINT "operators_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."support_access" ADD CONSTRAINT "support_access_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."support_access" ADD CONSTRAINT "support_access_operator_id_users_id_fk" FOREIGN KEY ("operator_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."tenant_checks" ADD CONSTRAINT "tenant_checks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "support_access_tenant" ON "app"."support_access" USING btree ("tenant_id","opened_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "tenant_checks_checked_at" ON "app"."tenant_checks" USING btree ("checked_at");--> statement-breakpoint
ALTER TABLE "app"."sessions" ADD CONSTRAINT "sessions_support_access_id_support_access_id_fk" FOREIGN KEY ("support_access_id") REFERENCES "app"."support_access"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."tenants" ADD CONSTRAINT "tenants_support_key_of_a_data_source" CHECK ("app"."tenants"."data_source_support_key" is null or "app"."tenants"."data_source_url" is not null);--> statement-breakpoint
-- The sealed password of the role that can only read is a part of where the data lives, too.
create or replace function app.count_data_source_version() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.data_source_version := old.data_source_version;
  if (new.data_source_url, new.data_source_anon_key, new.data_source_service_key, new.data_source_support_key,
      new.data_source_region, new.connection_pool_config, new.tenant_id_in_data_source, new.data_source_identity, new.placement)
     is distinct from
     (old.data_source_url, old.data_source_anon_key, old.data_source_service_key, old.data_source_support_key,
      old.data_source_region, old.connection_pool_config, old.tenant_id_in_data_source, old.data_source_identity, old.placement)
  then
    new.data_source_version := old.data_source_version + 1;
  end if;
  return new;
end $$;
--> statement-breakpoint
revoke all on app.operators, app.support_access, app.tenant_checks from public;
