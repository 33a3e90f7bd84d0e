CREATE TABLE "app"."holds_due" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "app"."holds_due" ADD CONSTRAINT "holds_due_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "holds_due_due_at" ON "app"."holds_due" USING btree ("due_at");