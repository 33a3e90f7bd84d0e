CREATE TABLE "app"."run_units" (
	"run_id" uuid NOT NULL,
	"key" text NOT NULL,
	"status" text DEFAULT 'planned' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error_code" text,
	"error_detail" jsonb,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "run_units_run_id_key_pk" PRIMARY KEY("run_id","key"),
	CONSTRAINT "run_units_status" CHECK ("app"."run_units"."status" in ('planned', 'running', 'done', 'failed')),
	CONSTRAINT "run_units_error" CHECK (("app"."run_units"."status" = 'failed') = ("app"."run_units"."error_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "app"."runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"tenant_id" uuid,
	"status" text DEFAULT 'running' NOT NULL,
	"input" jsonb NOT NULL,
	"started_by" text NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"claim" uuid NOT NULL,
	"holder" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "runs_status" CHECK ("app"."runs"."status" in ('running', 'done', 'partly_failed', 'failed', 'interrupted')),
	CONSTRAINT "runs_finished" CHECK (("app"."runs"."status" = 'running') = ("app"."runs"."finished_at" is null)),
	CONSTRAINT "runs_input" CHECK (jsonb_typeof("app"."runs"."input") = 'object')
);
--> statement-breakpoint
ALTER TABLE "app"."run_units" ADD CONSTRAINT "run_units_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "app"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_at_a_time" ON "app"."runs" USING btree ("kind","subject") WHERE "app"."runs"."status" = 'running';--> statement-breakpoint
CREATE INDEX "runs_by_subject" ON "app"."runs" USING btree ("kind","subject","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_by_tenant" ON "app"."runs" USING btree ("tenant_id","id" DESC NULLS LAST);