CREATE TABLE "app"."public_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "public_links_kind" CHECK (kind in ('quote', 'contract', 'invoice')),
	CONSTRAINT "public_links_token_hash" CHECK (octet_length(token_hash) = 32)
);
--> statement-breakpoint
ALTER TABLE "app"."public_links" ADD CONSTRAINT "public_links_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "public_links_expires_at" ON "app"."public_links" USING btree ("expires_at");