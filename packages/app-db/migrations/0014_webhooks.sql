CREATE TABLE "app"."webhook_due" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "app"."webhook_endpoints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"url" text NOT NULL,
	"description" text,
	"events" jsonb,
	"sealed_secret" text NOT NULL,
	"sealed_previous_secret" text,
	"previous_secret_until" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	"disabled_because" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"rests_until" timestamp with time zone,
	CONSTRAINT "webhook_endpoints_url" CHECK (url ~ '^https?://' and length(url) <= 2000),
	CONSTRAINT "webhook_endpoints_disabled" CHECK ((disabled_at is null) = (disabled_because is null)),
	CONSTRAINT "webhook_endpoints_because" CHECK (disabled_because in ('manager', 'failing', 'gone')),
	CONSTRAINT "webhook_endpoints_failing" CHECK ((failures = 0) = (failing_since is null)),
	CONSTRAINT "webhook_endpoints_previous_secret" CHECK ((sealed_previous_secret is null) = (previous_secret_until is null))
);
--> statement-breakpoint
ALTER TABLE "app"."webhook_due" ADD CONSTRAINT "webhook_due_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "app"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_due_due_at" ON "app"."webhook_due" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "webhook_endpoints_by_tenant" ON "app"."webhook_endpoints" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_endpoints_by_creator" ON "app"."webhook_endpoints" USING btree ("created_by");