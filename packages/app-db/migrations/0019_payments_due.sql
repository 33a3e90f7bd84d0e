CREATE TABLE "app"."payments_due" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"expected_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "app"."payments_due" ADD CONSTRAINT "payments_due_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payments_due_since" ON "app"."payments_due" USING btree ("since");--> statement-breakpoint
-- What stayed pending before anybody looked: each company is looked at once.
insert into app.payments_due (tenant_id) select id from app.tenants;
