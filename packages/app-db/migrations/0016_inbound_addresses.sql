CREATE TABLE "app"."inbound_addresses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"public_id" text NOT NULL,
	"kind" text NOT NULL,
	"provider" text NOT NULL,
	"address" text NOT NULL,
	"sealed_secret" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_received_at" timestamp with time zone,
	CONSTRAINT "inbound_addresses_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "inbound_addresses_kind" CHECK (kind in ('mail', 'sms')),
	CONSTRAINT "inbound_addresses_provider" CHECK (provider in ('standard', 'mailgun', 'twilio'))
);
--> statement-breakpoint
ALTER TABLE "app"."inbound_addresses" ADD CONSTRAINT "inbound_addresses_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."inbound_addresses" ADD CONSTRAINT "inbound_addresses_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "app"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbound_addresses_by_tenant" ON "app"."inbound_addresses" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "inbound_addresses_by_creator" ON "app"."inbound_addresses" USING btree ("created_by");