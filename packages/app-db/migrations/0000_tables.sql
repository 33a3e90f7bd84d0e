CREATE SCHEMA IF NOT EXISTS "app";
--> statement-breakpoint
CREATE TABLE "app"."audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "app"."audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"tenant_id" uuid,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text,
	"action" text NOT NULL,
	"subject" text,
	"request_id" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "audit_log_actor_kind" CHECK ("app"."audit_log"."actor_kind" in ('user', 'api_key', 'operator', 'system'))
);
--> statement-breakpoint
CREATE TABLE "app"."memberships" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id"),
	CONSTRAINT "memberships_role" CHECK ("app"."memberships"."role" in ('owner', 'admin', 'member', 'read_only')),
	CONSTRAINT "memberships_status" CHECK ("app"."memberships"."status" in ('active', 'suspended', 'removed'))
);
--> statement-breakpoint
CREATE TABLE "app"."sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"tenant_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "app"."sign_in_throttle" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_ends_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "app"."tenants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"trade" text NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text NOT NULL,
	"currency" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"data_source_url" text,
	"data_source_anon_key" text,
	"data_source_service_key" text,
	"data_source_region" text,
	"connection_pool_config" jsonb,
	"tenant_id_in_data_source" uuid,
	"data_source_identity" text,
	"placement" text,
	"data_source_version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "tenants_slug_unique" UNIQUE("slug"),
	CONSTRAINT "tenants_status" CHECK ("app"."tenants"."status" in ('active', 'suspended', 'archived')),
	CONSTRAINT "tenants_placement" CHECK ("app"."tenants"."placement" in ('dedicated', 'shared')),
	CONSTRAINT "tenants_slug" CHECK ("app"."tenants"."slug" ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
	CONSTRAINT "tenants_currency" CHECK ("app"."tenants"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "tenants_data_source_all_or_none" CHECK (num_nonnulls("app"."tenants"."data_source_url", "app"."tenants"."data_source_anon_key", "app"."tenants"."data_source_service_key", "app"."tenants"."data_source_region", "app"."tenants"."connection_pool_config", "app"."tenants"."tenant_id_in_data_source", "app"."tenants"."data_source_identity", "app"."tenants"."placement") in (0, 8)),
	CONSTRAINT "tenants_data_source_url_has_no_password" CHECK ("app"."tenants"."data_source_url" !~ '://[^/@]*:[^/]*@'),
	CONSTRAINT "tenants_data_source_identity" CHECK ("app"."tenants"."data_source_identity" ~ '^[0-9]+/[0-9]+/[0-9]+$'),
	CONSTRAINT "tenants_own_id_in_data_source" CHECK ("app"."tenants"."tenant_id_in_data_source" <> "app"."tenants"."id")
);
--> statement-breakpoint
CREATE TABLE "app"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_email_lower" CHECK ("app"."users"."email" = lower("app"."users"."email")),
	CONSTRAINT "users_status" CHECK ("app"."users"."status" in ('active', 'disabled'))
);
--> statement-breakpoint
ALTER TABLE "app"."memberships" ADD CONSTRAINT "memberships_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."sessions" ADD CONSTRAINT "sessions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_tenant" ON "app"."audit_log" USING btree ("tenant_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "memberships_user_id" ON "app"."memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user_id" ON "app"."sessions" USING btree ("user_id") WHERE "app"."sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_tenant_id" ON "app"."sessions" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "sign_in_throttle_window_ends_at" ON "app"."sign_in_throttle" USING btree ("window_ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "tenants_place" ON "app"."tenants" USING btree ("data_source_url","tenant_id_in_data_source");