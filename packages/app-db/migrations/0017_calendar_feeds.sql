CREATE TABLE "app"."calendar_feeds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"user_id" uuid,
	"name" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"rotated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_read_at" timestamp with time zone,
	CONSTRAINT "calendar_feeds_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "calendar_feeds_token_hash" CHECK (octet_length(token_hash) = 32),
	CONSTRAINT "calendar_feeds_name" CHECK (length(name) between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "app"."calendar_feeds" ADD CONSTRAINT "calendar_feeds_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."calendar_feeds" ADD CONSTRAINT "calendar_feeds_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "app"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."calendar_feeds" ADD CONSTRAINT "calendar_feeds_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "app"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_feeds_by_tenant" ON "app"."calendar_feeds" USING btree ("tenant_id","user_id");--> statement-breakpoint
CREATE INDEX "calendar_feeds_by_creator" ON "app"."calendar_feeds" USING btree ("created_by");