CREATE TABLE "app"."schema_comparisons" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"compared_at" timestamp with time zone NOT NULL,
	"schema_version" text NOT NULL,
	"drift_group" text,
	"differences" jsonb DEFAULT '[]' NOT NULL,
	CONSTRAINT "schema_comparisons_group" CHECK (("app"."schema_comparisons"."drift_group" is null) = (jsonb_array_length("app"."schema_comparisons"."differences") = 0))
);
--> statement-breakpoint
ALTER TABLE "app"."schema_comparisons" ADD CONSTRAINT "schema_comparisons_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "schema_comparisons_drift_group" ON "app"."schema_comparisons" USING btree ("drift_group");