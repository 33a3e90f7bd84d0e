ALTER TABLE "crm"."quotes" DROP CONSTRAINT "quotes_status_check";--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD COLUMN "withdrawal_reason" text;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_status_check" CHECK (status in ('draft', 'sent', 'viewed', 'accepted', 'declined', 'superseded', 'converted', 'withdrawn'));