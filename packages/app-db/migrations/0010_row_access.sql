CREATE TABLE "app"."teams" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "teams_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "app"."memberships" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "app"."memberships" ADD COLUMN "record_access" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "app"."tenants" ADD COLUMN "role_access" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "app"."teams" ADD CONSTRAINT "teams_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "teams_name" ON "app"."teams" USING btree ("tenant_id",lower("name"));--> statement-breakpoint
ALTER TABLE "app"."memberships" ADD CONSTRAINT "memberships_team_fk" FOREIGN KEY ("tenant_id","team_id") REFERENCES "app"."teams"("tenant_id","id") ON DELETE set null ("team_id") ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memberships_team_id" ON "app"."memberships" USING btree ("tenant_id","team_id");