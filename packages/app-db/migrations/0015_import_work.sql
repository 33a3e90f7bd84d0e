CREATE TABLE "app"."import_work" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"user_id" uuid,
	"api_key_id" uuid,
	"operator_name" text,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_work_actor_check" CHECK (num_nonnulls(user_id, api_key_id, operator_name) = 1)
);
--> statement-breakpoint
ALTER TABLE "app"."import_work" ADD CONSTRAINT "import_work_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."import_work" ADD CONSTRAINT "import_work_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "app"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."import_work" ADD CONSTRAINT "import_work_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "app"."api_keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_work_due" ON "app"."import_work" USING btree ("due_at");