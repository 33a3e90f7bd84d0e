CREATE TABLE "crm"."webhook_attempts" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"message_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"status_code" integer,
	"duration_ms" integer NOT NULL,
	"error" text,
	"answer" text,
	CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY("tenant_id","message_id","number")
);
--> statement-breakpoint
ALTER TABLE "crm"."webhook_attempts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."webhook_changes" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"change_id" bigint NOT NULL,
	CONSTRAINT "webhook_changes_pkey" PRIMARY KEY("tenant_id","change_id")
);
--> statement-breakpoint
ALTER TABLE "crm"."webhook_changes" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."webhook_listening" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_listening_pkey" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
ALTER TABLE "crm"."webhook_listening" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."webhook_messages" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"change_id" bigint,
	"event" text NOT NULL,
	"body" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_attempt" integer NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_messages_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhook_messages_once" UNIQUE("tenant_id","endpoint_id","change_id"),
	CONSTRAINT "webhook_messages_status_check" CHECK (status in ('waiting', 'delivered', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "crm"."webhook_messages" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."webhook_attempts" ADD CONSTRAINT "webhook_attempts_message_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "crm"."webhook_messages"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_messages_due" ON "crm"."webhook_messages" USING btree ("tenant_id","endpoint_id","next_attempt_at") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_messages_by_endpoint" ON "crm"."webhook_messages" USING btree ("tenant_id","endpoint_id","id");--> statement-breakpoint
CREATE INDEX "webhook_messages_by_age" ON "crm"."webhook_messages" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."webhook_attempts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."webhook_changes" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."webhook_listening" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."webhook_messages" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));
--> statement-breakpoint
-- Whoever is told of changes is told of all of them: the list is written with the line of history, in its transaction. A line
-- that was copied here with its time is no change of now.
create function crm.note_change_for_webhooks() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.at = now() and exists (select from crm.webhook_listening l where l.tenant_id = new.tenant_id) then
    insert into crm.webhook_changes (tenant_id, change_id) values (new.tenant_id, new.id);
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger record_changes_webhooks after insert on crm.record_changes
  for each row execute function crm.note_change_for_webhooks();
--> statement-breakpoint
call crm.guard_pointers();
