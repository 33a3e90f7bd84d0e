-- Written by drizzle-kit, then completed by a person with what it cannot express: FORCE ROW LEVEL SECURITY beside each
-- ENABLE, the column of each ON DELETE SET NULL (without it the tenant would be set to null too), DEFERRABLE.
CREATE TABLE "crm"."accounts" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"kind" text DEFAULT 'company' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"owner_id" uuid,
	"parent_account_id" uuid,
	"email" "citext",
	"phone_e164" text,
	"website" text,
	"industry" text,
	"source" text,
	"tax_id" text,
	"default_currency" char(3),
	"payment_terms_days" smallint,
	"billing_line1" text,
	"billing_line2" text,
	"billing_city" text,
	"billing_region" text,
	"billing_postal_code" text,
	"billing_country" char(2),
	"time_zone" text,
	"locale" text,
	"description" text,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "accounts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "accounts_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "accounts_version_check" CHECK (version > 0),
	CONSTRAINT "accounts_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "accounts_kind_check" CHECK (kind in ('person', 'company')),
	CONSTRAINT "accounts_status_check" CHECK (status in ('active', 'inactive', 'blocked')),
	CONSTRAINT "accounts_phone_e164_check" CHECK (phone_e164 ~ '^\+[1-9][0-9]{6,14}$'),
	CONSTRAINT "accounts_default_currency_check" CHECK (default_currency ~ '^[A-Z]{3}$'),
	CONSTRAINT "accounts_billing_country_check" CHECK (billing_country ~ '^[A-Z]{2}$'),
	CONSTRAINT "accounts_time_zone_check" CHECK (time_zone ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$'),
	CONSTRAINT "accounts_payment_terms_days_check" CHECK (payment_terms_days between 0 and 365)
);
--> statement-breakpoint
ALTER TABLE "crm"."accounts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."attachments" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"file_name" text NOT NULL,
	"storage_key" text NOT NULL,
	"byte_size" bigint NOT NULL,
	"media_type" text NOT NULL,
	"sha256" "bytea",
	"state" text DEFAULT 'uploading' NOT NULL,
	"width" integer,
	"height" integer,
	"description" text,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "attachments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "attachments_storage_key" UNIQUE("tenant_id","storage_key"),
	CONSTRAINT "attachments_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "attachments_version_check" CHECK (version > 0),
	CONSTRAINT "attachments_state_check" CHECK (state in ('uploading', 'ready', 'quarantined', 'failed')),
	CONSTRAINT "attachments_byte_size_check" CHECK (byte_size >= 0)
);
--> statement-breakpoint
ALTER TABLE "crm"."attachments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."catalog_items" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"unit" text DEFAULT 'each' NOT NULL,
	"price_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"tax_ppm" integer,
	"duration_minutes" integer,
	"is_active" boolean DEFAULT true NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "catalog_items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "catalog_items_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "catalog_items_version_check" CHECK (version > 0),
	CONSTRAINT "catalog_items_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "catalog_items_kind_check" CHECK (kind in ('package', 'add_on', 'service', 'fee')),
	CONSTRAINT "catalog_items_price_minor_check" CHECK (price_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "catalog_items_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
	CONSTRAINT "catalog_items_tax_ppm_check" CHECK (tax_ppm between 0 and 1000000)
);
--> statement-breakpoint
ALTER TABLE "crm"."catalog_items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."communications" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"channel" text NOT NULL,
	"direction" text NOT NULL,
	"status" text DEFAULT 'logged' NOT NULL,
	"subject" text,
	"body_text" text,
	"body_html_key" text,
	"thread_key" text,
	"provider" text,
	"provider_message_id" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"duration_seconds" integer,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "communications_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "communications_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "communications_version_check" CHECK (version > 0),
	CONSTRAINT "communications_channel_check" CHECK (channel in ('email', 'sms', 'call', 'meeting', 'other')),
	CONSTRAINT "communications_direction_check" CHECK (direction in ('inbound', 'outbound')),
	CONSTRAINT "communications_status_check" CHECK (status in ('logged', 'queued', 'sent', 'delivered', 'opened', 'bounced', 'failed', 'received'))
);
--> statement-breakpoint
ALTER TABLE "crm"."communications" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."contact_accounts" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"contact_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text,
	"is_primary" boolean DEFAULT false NOT NULL,
	"started_on" date,
	"ended_on" date,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "contact_accounts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "contact_accounts_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "contact_accounts_version_check" CHECK (version > 0),
	CONSTRAINT "contact_accounts_period_check" CHECK (ended_on is null or started_on is null or ended_on >= started_on)
);
--> statement-breakpoint
ALTER TABLE "crm"."contact_accounts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."contact_points" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"contact_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"value_norm" text NOT NULL,
	"label" text,
	"is_primary" boolean DEFAULT false NOT NULL,
	"opted_out_at" timestamp with time zone,
	"bounced_at" timestamp with time zone,
	CONSTRAINT "contact_points_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "contact_points_kind_check" CHECK (kind in ('email', 'phone')),
	CONSTRAINT "contact_points_value_check" CHECK (kind <> 'phone' or value ~ '^\+[1-9][0-9]{6,14}$')
);
--> statement-breakpoint
ALTER TABLE "crm"."contact_points" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."contacts" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"first_name" text,
	"last_name" text,
	"job_title" text,
	"owner_id" uuid,
	"status" text DEFAULT 'active' NOT NULL,
	"do_not_contact" boolean DEFAULT false NOT NULL,
	"time_zone" text,
	"locale" text,
	"birthday" date,
	"display_name" text GENERATED ALWAYS AS (btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))) STORED NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "contacts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "contacts_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "contacts_version_check" CHECK (version > 0),
	CONSTRAINT "contacts_name_check" CHECK (coalesce(btrim(first_name), '') <> '' or coalesce(btrim(last_name), '') <> ''),
	CONSTRAINT "contacts_status_check" CHECK (status in ('active', 'inactive')),
	CONSTRAINT "contacts_time_zone_check" CHECK (time_zone ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$')
);
--> statement-breakpoint
ALTER TABLE "crm"."contacts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."contract_signers" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"contract_id" uuid NOT NULL,
	"contact_id" uuid,
	"name" text NOT NULL,
	"email" "citext" NOT NULL,
	"role" text DEFAULT 'client' NOT NULL,
	"sign_order" smallint DEFAULT 1 NOT NULL,
	"token_hash" "bytea",
	"viewed_at" timestamp with time zone,
	"signed_at" timestamp with time zone,
	"declined_at" timestamp with time zone,
	"signature_kind" text,
	"signature_value" text,
	"consent_text" text,
	"ip" "inet",
	"user_agent" text,
	"signed_body_sha256" "bytea",
	CONSTRAINT "contract_signers_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "contract_signers_signature_kind_check" CHECK (signature_kind in ('typed', 'drawn')),
	CONSTRAINT "contract_signers_signed_check" CHECK ((signed_at is null) = (signed_body_sha256 is null))
);
--> statement-breakpoint
ALTER TABLE "crm"."contract_signers" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."contracts" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"quote_id" uuid,
	"event_id" uuid,
	"account_id" uuid NOT NULL,
	"template_id" uuid,
	"title" text NOT NULL,
	"body_html" text NOT NULL,
	"body_sha256" "bytea" NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"expires_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"voided_reason" text,
	"signed_pdf_attachment_id" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "contracts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "contracts_number" UNIQUE("tenant_id","number"),
	CONSTRAINT "contracts_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "contracts_version_check" CHECK (version > 0),
	CONSTRAINT "contracts_status_check" CHECK (status in ('draft', 'sent', 'viewed', 'signed', 'completed', 'declined', 'voided', 'expired'))
);
--> statement-breakpoint
ALTER TABLE "crm"."contracts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."currencies" (
	"code" char(3) PRIMARY KEY NOT NULL,
	"exponent" smallint NOT NULL,
	CONSTRAINT "currencies_code_check" CHECK (code ~ '^[A-Z]{3}$'),
	CONSTRAINT "currencies_exponent_check" CHECK (exponent between 0 and 4)
);
--> statement-breakpoint
CREATE TABLE "crm"."event_dates" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"event_id" uuid,
	"opportunity_id" uuid,
	"location_id" uuid,
	"label" text,
	"local_date" date NOT NULL,
	"start_time" time NOT NULL,
	"end_time" time NOT NULL,
	"ends_next_day" boolean DEFAULT false NOT NULL,
	"setup_minutes" integer DEFAULT 0 NOT NULL,
	"teardown_minutes" integer DEFAULT 0 NOT NULL,
	"time_zone" text NOT NULL,
	"status" text DEFAULT 'scheduled' NOT NULL,
	"onsite_name" text,
	"onsite_phone_e164" text,
	"onsite_email" "citext",
	"notes" text,
	"service_range" "tstzrange" GENERATED ALWAYS AS (tstzrange(timezone(time_zone, local_date + start_time), timezone(time_zone, local_date + (case when ends_next_day then 1 else 0 end) + end_time), '[)')) STORED NOT NULL,
	"blocked_range" "tstzrange" GENERATED ALWAYS AS (tstzrange(
        timezone('UTC', timezone('UTC', timezone(time_zone, local_date + start_time)) - make_interval(mins => setup_minutes)),
        timezone('UTC', timezone('UTC', timezone(time_zone, local_date + (case when ends_next_day then 1 else 0 end) + end_time)) + make_interval(mins => teardown_minutes)), '[)')) STORED NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "event_dates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "event_dates_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "event_dates_version_check" CHECK (version > 0),
	CONSTRAINT "event_dates_status_check" CHECK (status in ('scheduled', 'cancelled', 'completed')),
	CONSTRAINT "event_dates_setup_minutes_check" CHECK (setup_minutes between 0 and 2880),
	CONSTRAINT "event_dates_teardown_minutes_check" CHECK (teardown_minutes between 0 and 2880),
	CONSTRAINT "event_dates_time_zone_check" CHECK (time_zone ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$'),
	CONSTRAINT "event_dates_onsite_phone_e164_check" CHECK (onsite_phone_e164 ~ '^\+[1-9][0-9]{6,14}$'),
	CONSTRAINT "event_dates_parent_check" CHECK (num_nonnulls(event_id, opportunity_id) = 1),
	CONSTRAINT "event_dates_order_check" CHECK (ends_next_day or end_time > start_time)
);
--> statement-breakpoint
ALTER TABLE "crm"."event_dates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."events" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"title" text NOT NULL,
	"event_type" text NOT NULL,
	"account_id" uuid NOT NULL,
	"contact_id" uuid,
	"planner_contact_id" uuid,
	"opportunity_id" uuid,
	"status" text DEFAULT 'prospect' NOT NULL,
	"hold_expires_at" timestamp with time zone,
	"cancelled_reason" text,
	"guest_count" integer,
	"time_zone" text NOT NULL,
	"first_starts_at" timestamp with time zone,
	"last_ends_at" timestamp with time zone,
	"description" text,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "events_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "events_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "events_version_check" CHECK (version > 0),
	CONSTRAINT "events_title_check" CHECK (btrim(title) <> ''),
	CONSTRAINT "events_status_check" CHECK (status in ('prospect', 'tentative', 'confirmed', 'in_progress', 'completed', 'cancelled', 'postponed')),
	CONSTRAINT "events_time_zone_check" CHECK (time_zone ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$'),
	CONSTRAINT "events_hold_check" CHECK (status = 'tentative' or hold_expires_at is null),
	CONSTRAINT "events_cancelled_check" CHECK (status <> 'cancelled' or cancelled_reason is not null)
);
--> statement-breakpoint
ALTER TABLE "crm"."events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."identity" (
	"role" "name" PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"epoch" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "crm"."identity" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."import_batches" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"entity" text NOT NULL,
	"file_name" text,
	"mapping" jsonb NOT NULL,
	"dedupe" jsonb NOT NULL,
	"status" text NOT NULL,
	"total" integer,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"cursor" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "import_batches_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "import_batches_status_check" CHECK (status in ('draft', 'validating', 'ready', 'running', 'paused', 'done', 'failed', 'reverted'))
);
--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."import_rows" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"batch_id" uuid NOT NULL,
	"row_no" bigint NOT NULL,
	"raw" jsonb NOT NULL,
	"outcome" text,
	"errors" jsonb,
	"record_id" uuid,
	"before" jsonb,
	CONSTRAINT "import_rows_pkey" PRIMARY KEY("tenant_id","batch_id","row_no"),
	CONSTRAINT "import_rows_outcome_check" CHECK (outcome in ('created', 'updated', 'skipped', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "crm"."import_rows" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."invoice_line_items" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"catalog_item_id" uuid,
	"source_line_id" uuid,
	"name" text NOT NULL,
	"description" text,
	"quantity" numeric(12, 3) DEFAULT '1' NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"discount_minor" bigint DEFAULT 0 NOT NULL,
	"tax_ppm" integer DEFAULT 0 NOT NULL,
	"tax_name" text,
	"position" integer NOT NULL,
	"net_minor" bigint GENERATED ALWAYS AS (round(quantity * unit_price_minor)::bigint - discount_minor) STORED NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "invoice_line_items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "invoice_line_items_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "invoice_line_items_version_check" CHECK (version > 0),
	CONSTRAINT "invoice_line_items_unit_price_minor_check" CHECK (unit_price_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "invoice_line_items_discount_minor_check" CHECK (discount_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "invoice_line_items_tax_ppm_check" CHECK (tax_ppm between 0 and 1000000)
);
--> statement-breakpoint
ALTER TABLE "crm"."invoice_line_items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."invoices" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"number" text,
	"kind" text DEFAULT 'invoice' NOT NULL,
	"credits_invoice_id" uuid,
	"status" text DEFAULT 'draft' NOT NULL,
	"account_id" uuid NOT NULL,
	"contact_id" uuid,
	"event_id" uuid,
	"quote_id" uuid,
	"po_number" text,
	"issued_on" date,
	"due_on" date,
	"bill_to" jsonb,
	"currency" char(3) NOT NULL,
	"subtotal_minor" bigint DEFAULT 0 NOT NULL,
	"discount_minor" bigint DEFAULT 0 NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	"total_minor" bigint DEFAULT 0 NOT NULL,
	"notes" text,
	"public_token_hash" "bytea",
	"sent_at" timestamp with time zone,
	"viewed_at" timestamp with time zone,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "invoices_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "invoices_number" UNIQUE("tenant_id","number"),
	CONSTRAINT "invoices_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "invoices_version_check" CHECK (version > 0),
	CONSTRAINT "invoices_kind_check" CHECK (kind in ('invoice', 'deposit', 'credit_note')),
	CONSTRAINT "invoices_status_check" CHECK (status in ('draft', 'issued', 'void', 'written_off')),
	CONSTRAINT "invoices_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
	CONSTRAINT "invoices_subtotal_minor_check" CHECK (subtotal_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "invoices_discount_minor_check" CHECK (discount_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "invoices_tax_minor_check" CHECK (tax_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "invoices_total_minor_check" CHECK (total_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "invoices_sum_check" CHECK (total_minor = subtotal_minor - discount_minor + tax_minor),
	CONSTRAINT "invoices_issued_check" CHECK (status = 'draft' or (number is not null and issued_on is not null and bill_to is not null))
);
--> statement-breakpoint
ALTER TABLE "crm"."invoices" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."leads" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" text DEFAULT 'person' NOT NULL,
	"first_name" text,
	"last_name" text,
	"company" text,
	"email" "citext",
	"phone_e164" text,
	"status" text DEFAULT 'new' NOT NULL,
	"source" text,
	"source_detail" jsonb,
	"owner_id" uuid,
	"unqualified_reason" text,
	"event_type" text,
	"wanted_on" date,
	"wanted_venue" text,
	"guest_count" integer,
	"budget_minor" bigint,
	"currency" char(3),
	"message" text,
	"first_response_at" timestamp with time zone,
	"converted_at" timestamp with time zone,
	"converted_by" uuid,
	"converted_account_id" uuid,
	"converted_contact_id" uuid,
	"converted_opportunity_id" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "leads_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "leads_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "leads_version_check" CHECK (version > 0),
	CONSTRAINT "leads_kind_check" CHECK (kind in ('person', 'company')),
	CONSTRAINT "leads_status_check" CHECK (status in ('new', 'contacted', 'qualified', 'unqualified', 'converted')),
	CONSTRAINT "leads_phone_e164_check" CHECK (phone_e164 ~ '^\+[1-9][0-9]{6,14}$'),
	CONSTRAINT "leads_budget_minor_check" CHECK (budget_minor between 0 and 9007199254740991),
	CONSTRAINT "leads_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
	CONSTRAINT "leads_converted_check" CHECK ((status = 'converted') = (converted_at is not null)),
	CONSTRAINT "leads_conversion_check" CHECK (converted_at is null or converted_contact_id is not null or converted_account_id is not null),
	CONSTRAINT "leads_unqualified_check" CHECK (status <> 'unqualified' or unqualified_reason is not null)
);
--> statement-breakpoint
ALTER TABLE "crm"."leads" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."locations" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"kind" text DEFAULT 'venue' NOT NULL,
	"line1" text,
	"line2" text,
	"city" text,
	"region" text,
	"postal_code" text,
	"country" char(2),
	"latitude" numeric(9, 6),
	"longitude" numeric(9, 6),
	"time_zone" text NOT NULL,
	"capacity" integer,
	"parking_notes" text,
	"load_in_notes" text,
	"is_one_time" boolean DEFAULT false NOT NULL,
	"contact_id" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "locations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "locations_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "locations_version_check" CHECK (version > 0),
	CONSTRAINT "locations_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "locations_kind_check" CHECK (kind in ('venue', 'client_site', 'warehouse', 'virtual')),
	CONSTRAINT "locations_country_check" CHECK (country ~ '^[A-Z]{2}$'),
	CONSTRAINT "locations_time_zone_check" CHECK (time_zone ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$'),
	CONSTRAINT "locations_latitude_check" CHECK (latitude between -90 and 90),
	CONSTRAINT "locations_longitude_check" CHECK (longitude between -180 and 180)
);
--> statement-breakpoint
ALTER TABLE "crm"."locations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."member_refs" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"user_id" uuid NOT NULL,
	"display_name" text NOT NULL,
	"email" "citext",
	"status" text DEFAULT 'active' NOT NULL,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_refs_pkey" PRIMARY KEY("tenant_id","user_id"),
	CONSTRAINT "member_refs_status_check" CHECK (status in ('active', 'suspended', 'removed'))
);
--> statement-breakpoint
ALTER TABLE "crm"."member_refs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."notes" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"body_md" text NOT NULL,
	"is_pinned" boolean DEFAULT false NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "notes_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "notes_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "notes_version_check" CHECK (version > 0)
);
--> statement-breakpoint
ALTER TABLE "crm"."notes" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."number_series" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"key" text NOT NULL,
	"prefix" text DEFAULT '' NOT NULL,
	"pad" smallint DEFAULT 4 NOT NULL,
	"next_value" bigint DEFAULT 1 NOT NULL,
	"reset" text DEFAULT 'never' NOT NULL,
	"period" text,
	CONSTRAINT "number_series_pkey" PRIMARY KEY("tenant_id","key"),
	CONSTRAINT "number_series_next_value_check" CHECK (next_value > 0),
	CONSTRAINT "number_series_reset_check" CHECK (reset in ('never', 'yearly'))
);
--> statement-breakpoint
ALTER TABLE "crm"."number_series" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."opportunities" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"stage_id" uuid NOT NULL,
	"account_id" uuid,
	"contact_id" uuid,
	"lead_id" uuid,
	"owner_id" uuid,
	"amount_minor" bigint DEFAULT 0 NOT NULL,
	"currency" char(3) NOT NULL,
	"amount_source" text DEFAULT 'manual' NOT NULL,
	"probability" smallint NOT NULL,
	"probability_overridden" boolean DEFAULT false NOT NULL,
	"forecast_category" text NOT NULL,
	"expected_minor" bigint GENERATED ALWAYS AS (round(amount_minor::numeric * probability / 100)::bigint) STORED NOT NULL,
	"expected_close_on" date,
	"closed_at" timestamp with time zone,
	"outcome" text,
	"lost_reason" text,
	"next_step" text,
	"event_type" text,
	"board_rank" text COLLATE "C" DEFAULT 'n' NOT NULL,
	"stage_entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "opportunities_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "opportunities_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "opportunities_version_check" CHECK (version > 0),
	CONSTRAINT "opportunities_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "opportunities_amount_minor_check" CHECK (amount_minor between 0 and 9007199254740991),
	CONSTRAINT "opportunities_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
	CONSTRAINT "opportunities_amount_source_check" CHECK (amount_source in ('manual', 'lines')),
	CONSTRAINT "opportunities_probability_check" CHECK (probability between 0 and 100),
	CONSTRAINT "opportunities_forecast_category_check" CHECK (forecast_category in ('omitted', 'pipeline', 'best_case', 'commit', 'closed')),
	CONSTRAINT "opportunities_outcome_check" CHECK (outcome in ('won', 'lost')),
	CONSTRAINT "opportunities_closed_check" CHECK ((outcome is null) = (closed_at is null)),
	CONSTRAINT "opportunities_lost_check" CHECK (outcome is distinct from 'lost' or lost_reason is not null)
);
--> statement-breakpoint
ALTER TABLE "crm"."opportunities" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."opportunity_line_items" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"opportunity_id" uuid NOT NULL,
	"catalog_item_id" uuid,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"quantity" numeric(12, 3) DEFAULT '1' NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"discount_minor" bigint DEFAULT 0 NOT NULL,
	"tax_ppm" integer DEFAULT 0 NOT NULL,
	"position" integer NOT NULL,
	"is_optional" boolean DEFAULT false NOT NULL,
	"is_selected" boolean DEFAULT true NOT NULL,
	"net_minor" bigint GENERATED ALWAYS AS (round(quantity * unit_price_minor)::bigint - discount_minor) STORED NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "opportunity_line_items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "opportunity_line_items_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "opportunity_line_items_version_check" CHECK (version > 0),
	CONSTRAINT "opportunity_line_items_kind_check" CHECK (kind in ('package', 'add_on', 'service', 'fee', 'custom', 'discount')),
	CONSTRAINT "opportunity_line_items_quantity_check" CHECK (quantity >= 0),
	CONSTRAINT "opportunity_line_items_unit_price_minor_check" CHECK (unit_price_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "opportunity_line_items_discount_minor_check" CHECK (discount_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "opportunity_line_items_tax_ppm_check" CHECK (tax_ppm between 0 and 1000000)
);
--> statement-breakpoint
ALTER TABLE "crm"."opportunity_line_items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."opportunity_stage_history" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "crm"."opportunity_stage_history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"opportunity_id" uuid NOT NULL,
	"from_stage_id" uuid,
	"to_stage_id" uuid NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" uuid,
	"amount_minor" bigint NOT NULL,
	"probability" smallint NOT NULL,
	"expected_close_on" date,
	"seconds_in_previous" bigint,
	CONSTRAINT "opportunity_stage_history_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "opportunity_stage_history_amount_minor_check" CHECK (amount_minor between 0 and 9007199254740991),
	CONSTRAINT "opportunity_stage_history_probability_check" CHECK (probability between 0 and 100)
);
--> statement-breakpoint
ALTER TABLE "crm"."opportunity_stage_history" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."payment_allocations" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"payment_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "payment_allocations_pkey" PRIMARY KEY("tenant_id","payment_id","invoice_id"),
	CONSTRAINT "payment_allocations_amount_minor_check" CHECK (amount_minor between 1 and 9007199254740991)
);
--> statement-breakpoint
ALTER TABLE "crm"."payment_allocations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."payment_schedule" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"label" text NOT NULL,
	"due_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "payment_schedule_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_schedule_amount_minor_check" CHECK (amount_minor between 1 and 9007199254740991)
);
--> statement-breakpoint
ALTER TABLE "crm"."payment_schedule" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."payments" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text DEFAULT 'payment' NOT NULL,
	"refunds_payment_id" uuid,
	"status" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"method" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"provider" text,
	"provider_ref" text,
	"idempotency_key" text NOT NULL,
	"reference" text,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "payments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payments_once" UNIQUE("tenant_id","idempotency_key"),
	CONSTRAINT "payments_kind_check" CHECK (kind in ('payment', 'refund')),
	CONSTRAINT "payments_status_check" CHECK (status in ('pending', 'succeeded', 'failed', 'cancelled')),
	CONSTRAINT "payments_amount_minor_check" CHECK (amount_minor between 1 and 9007199254740991),
	CONSTRAINT "payments_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
	CONSTRAINT "payments_refund_check" CHECK ((kind = 'refund') = (refunds_payment_id is not null))
);
--> statement-breakpoint
ALTER TABLE "crm"."payments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."pipeline_stages" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"probability" smallint NOT NULL,
	"forecast_category" text NOT NULL,
	"rot_after_days" smallint,
	"color" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "pipeline_stages_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "pipeline_stages_of_pipeline" UNIQUE("tenant_id","pipeline_id","id"),
	CONSTRAINT "pipeline_stages_position" UNIQUE("tenant_id","pipeline_id","position") DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "pipeline_stages_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "pipeline_stages_version_check" CHECK (version > 0),
	CONSTRAINT "pipeline_stages_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "pipeline_stages_kind_check" CHECK (kind in ('open', 'won', 'lost')),
	CONSTRAINT "pipeline_stages_forecast_category_check" CHECK (forecast_category in ('omitted', 'pipeline', 'best_case', 'commit', 'closed')),
	CONSTRAINT "pipeline_stages_probability_check" CHECK (probability between 0 and 100),
	CONSTRAINT "pipeline_stages_outcome_check" CHECK ((kind = 'won' and probability = 100) or (kind = 'lost' and probability = 0) or kind = 'open')
);
--> statement-breakpoint
ALTER TABLE "crm"."pipeline_stages" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."pipelines" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "pipelines_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "pipelines_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "pipelines_version_check" CHECK (version > 0),
	CONSTRAINT "pipelines_name_check" CHECK (btrim(name) <> '')
);
--> statement-breakpoint
ALTER TABLE "crm"."pipelines" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."quotes" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"root_quote_id" uuid,
	"revision" smallint DEFAULT 1 NOT NULL,
	"opportunity_id" uuid,
	"event_id" uuid,
	"account_id" uuid NOT NULL,
	"contact_id" uuid,
	"status" text DEFAULT 'draft' NOT NULL,
	"issued_on" date,
	"valid_until" date,
	"currency" char(3) NOT NULL,
	"subtotal_minor" bigint DEFAULT 0 NOT NULL,
	"discount_minor" bigint DEFAULT 0 NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	"total_minor" bigint DEFAULT 0 NOT NULL,
	"terms" text,
	"public_token_hash" "bytea",
	"sent_at" timestamp with time zone,
	"viewed_at" timestamp with time zone,
	"accepted_at" timestamp with time zone,
	"accepted_name" text,
	"accepted_ip" "inet",
	"declined_at" timestamp with time zone,
	"decline_reason" text,
	"content_sha256" "bytea",
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "quotes_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "quotes_number" UNIQUE("tenant_id","number","revision"),
	CONSTRAINT "quotes_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "quotes_version_check" CHECK (version > 0),
	CONSTRAINT "quotes_status_check" CHECK (status in ('draft', 'sent', 'viewed', 'accepted', 'declined', 'superseded', 'converted')),
	CONSTRAINT "quotes_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
	CONSTRAINT "quotes_subtotal_minor_check" CHECK (subtotal_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "quotes_discount_minor_check" CHECK (discount_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "quotes_tax_minor_check" CHECK (tax_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "quotes_total_minor_check" CHECK (total_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "quotes_sum_check" CHECK (total_minor = subtotal_minor - discount_minor + tax_minor),
	CONSTRAINT "quotes_accepted_check" CHECK (status not in ('accepted', 'converted') or accepted_at is not null)
);
--> statement-breakpoint
ALTER TABLE "crm"."quotes" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."record_changes" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "crm"."record_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"action" text NOT NULL,
	"diff" jsonb NOT NULL,
	"version_after" integer,
	"actor_id" uuid,
	"actor_kind" text DEFAULT 'user' NOT NULL,
	"request_id" text,
	"undo_of" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_changes_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "record_changes_actor_kind_check" CHECK (actor_kind in ('user', 'api_key', 'operator', 'system'))
);
--> statement-breakpoint
ALTER TABLE "crm"."record_changes" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."record_links" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"task_id" uuid,
	"note_id" uuid,
	"attachment_id" uuid,
	"communication_id" uuid,
	"account_id" uuid,
	"contact_id" uuid,
	"lead_id" uuid,
	"opportunity_id" uuid,
	"event_id" uuid,
	"quote_id" uuid,
	"contract_id" uuid,
	"invoice_id" uuid,
	"location_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_links_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "record_links_source_check" CHECK (num_nonnulls(task_id, note_id, attachment_id, communication_id) = 1),
	CONSTRAINT "record_links_target_check" CHECK (num_nonnulls(account_id, contact_id, lead_id, opportunity_id, event_id, quote_id, contract_id, invoice_id, location_id) = 1)
);
--> statement-breakpoint
ALTER TABLE "crm"."record_links" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."resource_bookings" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"resource_id" uuid NOT NULL,
	"event_date_id" uuid,
	"state" text NOT NULL,
	"hold_rank" smallint,
	"hold_expires_at" timestamp with time zone,
	"reason" text,
	"blocked_range" "tstzrange" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "resource_bookings_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "resource_bookings_state_check" CHECK (state in ('hold', 'confirmed', 'released')),
	CONSTRAINT "resource_bookings_hold_rank_check" CHECK (hold_rank between 1 and 9),
	CONSTRAINT "resource_bookings_range_check" CHECK (not isempty(blocked_range)),
	CONSTRAINT "resource_bookings_rank_check" CHECK ((state = 'hold') = (hold_rank is not null)),
	CONSTRAINT "resource_bookings_expiry_check" CHECK (hold_expires_at is null or state = 'hold'),
	CONSTRAINT "resource_bookings_reason_check" CHECK (event_date_id is not null or reason is not null)
);
--> statement-breakpoint
ALTER TABLE "crm"."resource_bookings" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."resource_members" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"combo_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	CONSTRAINT "resource_members_pkey" PRIMARY KEY("tenant_id","combo_id","member_id"),
	CONSTRAINT "resource_members_self_check" CHECK (combo_id <> member_id)
);
--> statement-breakpoint
ALTER TABLE "crm"."resource_members" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."resources" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"pool_id" uuid,
	"is_active" boolean DEFAULT true NOT NULL,
	"buffer_before_minutes" integer DEFAULT 0 NOT NULL,
	"buffer_after_minutes" integer DEFAULT 0 NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "resources_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "resources_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "resources_version_check" CHECK (version > 0),
	CONSTRAINT "resources_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "resources_kind_check" CHECK (kind in ('equipment', 'staff', 'space', 'vehicle')),
	CONSTRAINT "resources_buffer_before_minutes_check" CHECK (buffer_before_minutes between 0 and 2880),
	CONSTRAINT "resources_buffer_after_minutes_check" CHECK (buffer_after_minutes between 0 and 2880)
);
--> statement-breakpoint
ALTER TABLE "crm"."resources" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."saved_views" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"entity" text NOT NULL,
	"name" text NOT NULL,
	"layout" text NOT NULL,
	"visibility" text NOT NULL,
	"owner_id" uuid,
	"config" jsonb NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	CONSTRAINT "saved_views_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "saved_views_layout_check" CHECK (layout in ('table', 'board', 'calendar')),
	CONSTRAINT "saved_views_visibility_check" CHECK (visibility in ('private', 'team', 'tenant'))
);
--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."tasks" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"status" text DEFAULT 'open' NOT NULL,
	"priority" text DEFAULT 'normal' NOT NULL,
	"assignee_id" uuid,
	"parent_task_id" uuid,
	"due_on" date,
	"due_time" time,
	"time_zone" text,
	"remind_at" timestamp with time zone[],
	"anchor" text,
	"anchor_offset_days" integer,
	"completed_at" timestamp with time zone,
	"completed_by" uuid,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "tasks_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tasks_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "tasks_version_check" CHECK (version > 0),
	CONSTRAINT "tasks_title_check" CHECK (btrim(title) <> ''),
	CONSTRAINT "tasks_status_check" CHECK (status in ('open', 'in_progress', 'done', 'cancelled')),
	CONSTRAINT "tasks_priority_check" CHECK (priority in ('low', 'normal', 'high', 'urgent')),
	CONSTRAINT "tasks_anchor_check" CHECK (anchor in ('event_start', 'event_end', 'created')),
	CONSTRAINT "tasks_time_zone_check" CHECK (time_zone ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$'),
	CONSTRAINT "tasks_done_check" CHECK ((status = 'done') = (completed_at is not null))
);
--> statement-breakpoint
ALTER TABLE "crm"."tasks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."accounts" ADD CONSTRAINT "accounts_default_currency_currencies_code_fk" FOREIGN KEY ("default_currency") REFERENCES "crm"."currencies"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."accounts" ADD CONSTRAINT "accounts_owner_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "crm"."member_refs"("tenant_id","user_id") ON DELETE set null ("owner_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."accounts" ADD CONSTRAINT "accounts_parent_account_fk" FOREIGN KEY ("tenant_id","parent_account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE set null ("parent_account_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."catalog_items" ADD CONSTRAINT "catalog_items_currency_currencies_code_fk" FOREIGN KEY ("currency") REFERENCES "crm"."currencies"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contact_accounts" ADD CONSTRAINT "contact_accounts_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contact_accounts" ADD CONSTRAINT "contact_accounts_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contact_points" ADD CONSTRAINT "contact_points_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contacts" ADD CONSTRAINT "contacts_owner_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "crm"."member_refs"("tenant_id","user_id") ON DELETE set null ("owner_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contract_signers" ADD CONSTRAINT "contract_signers_contract_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "crm"."contracts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contract_signers" ADD CONSTRAINT "contract_signers_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE set null ("contact_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contracts" ADD CONSTRAINT "contracts_quote_fk" FOREIGN KEY ("tenant_id","quote_id") REFERENCES "crm"."quotes"("tenant_id","id") ON DELETE set null ("quote_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contracts" ADD CONSTRAINT "contracts_event_fk" FOREIGN KEY ("tenant_id","event_id") REFERENCES "crm"."events"("tenant_id","id") ON DELETE set null ("event_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contracts" ADD CONSTRAINT "contracts_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contracts" ADD CONSTRAINT "contracts_signed_pdf_attachment_fk" FOREIGN KEY ("tenant_id","signed_pdf_attachment_id") REFERENCES "crm"."attachments"("tenant_id","id") ON DELETE set null ("signed_pdf_attachment_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."event_dates" ADD CONSTRAINT "event_dates_event_fk" FOREIGN KEY ("tenant_id","event_id") REFERENCES "crm"."events"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."event_dates" ADD CONSTRAINT "event_dates_opportunity_fk" FOREIGN KEY ("tenant_id","opportunity_id") REFERENCES "crm"."opportunities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."event_dates" ADD CONSTRAINT "event_dates_location_fk" FOREIGN KEY ("tenant_id","location_id") REFERENCES "crm"."locations"("tenant_id","id") ON DELETE set null ("location_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."events" ADD CONSTRAINT "events_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."events" ADD CONSTRAINT "events_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE set null ("contact_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."events" ADD CONSTRAINT "events_planner_contact_fk" FOREIGN KEY ("tenant_id","planner_contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE set null ("planner_contact_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."events" ADD CONSTRAINT "events_opportunity_fk" FOREIGN KEY ("tenant_id","opportunity_id") REFERENCES "crm"."opportunities"("tenant_id","id") ON DELETE set null ("opportunity_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."import_rows" ADD CONSTRAINT "import_rows_batch_fk" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "crm"."import_batches"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."invoice_line_items" ADD CONSTRAINT "invoice_line_items_invoice_fk" FOREIGN KEY ("tenant_id","invoice_id") REFERENCES "crm"."invoices"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."invoice_line_items" ADD CONSTRAINT "invoice_line_items_catalog_item_fk" FOREIGN KEY ("tenant_id","catalog_item_id") REFERENCES "crm"."catalog_items"("tenant_id","id") ON DELETE set null ("catalog_item_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD CONSTRAINT "invoices_currency_currencies_code_fk" FOREIGN KEY ("currency") REFERENCES "crm"."currencies"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD CONSTRAINT "invoices_credits_invoice_fk" FOREIGN KEY ("tenant_id","credits_invoice_id") REFERENCES "crm"."invoices"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD CONSTRAINT "invoices_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD CONSTRAINT "invoices_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE set null ("contact_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD CONSTRAINT "invoices_event_fk" FOREIGN KEY ("tenant_id","event_id") REFERENCES "crm"."events"("tenant_id","id") ON DELETE set null ("event_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD CONSTRAINT "invoices_quote_fk" FOREIGN KEY ("tenant_id","quote_id") REFERENCES "crm"."quotes"("tenant_id","id") ON DELETE set null ("quote_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD CONSTRAINT "leads_currency_currencies_code_fk" FOREIGN KEY ("currency") REFERENCES "crm"."currencies"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD CONSTRAINT "leads_owner_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "crm"."member_refs"("tenant_id","user_id") ON DELETE set null ("owner_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD CONSTRAINT "leads_converted_account_fk" FOREIGN KEY ("tenant_id","converted_account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE set null ("converted_account_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD CONSTRAINT "leads_converted_contact_fk" FOREIGN KEY ("tenant_id","converted_contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE set null ("converted_contact_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD CONSTRAINT "leads_converted_opportunity_fk" FOREIGN KEY ("tenant_id","converted_opportunity_id") REFERENCES "crm"."opportunities"("tenant_id","id") ON DELETE set null ("converted_opportunity_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."locations" ADD CONSTRAINT "locations_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE set null ("contact_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" ADD CONSTRAINT "opportunities_currency_currencies_code_fk" FOREIGN KEY ("currency") REFERENCES "crm"."currencies"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" ADD CONSTRAINT "opportunities_stage_fk" FOREIGN KEY ("tenant_id","pipeline_id","stage_id") REFERENCES "crm"."pipeline_stages"("tenant_id","pipeline_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" ADD CONSTRAINT "opportunities_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" ADD CONSTRAINT "opportunities_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE set null ("contact_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" ADD CONSTRAINT "opportunities_lead_fk" FOREIGN KEY ("tenant_id","lead_id") REFERENCES "crm"."leads"("tenant_id","id") ON DELETE set null ("lead_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" ADD CONSTRAINT "opportunities_owner_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "crm"."member_refs"("tenant_id","user_id") ON DELETE set null ("owner_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunity_line_items" ADD CONSTRAINT "opportunity_line_items_opportunity_fk" FOREIGN KEY ("tenant_id","opportunity_id") REFERENCES "crm"."opportunities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunity_line_items" ADD CONSTRAINT "opportunity_line_items_catalog_item_fk" FOREIGN KEY ("tenant_id","catalog_item_id") REFERENCES "crm"."catalog_items"("tenant_id","id") ON DELETE set null ("catalog_item_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunity_stage_history" ADD CONSTRAINT "opportunity_stage_history_opportunity_fk" FOREIGN KEY ("tenant_id","opportunity_id") REFERENCES "crm"."opportunities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."payment_allocations" ADD CONSTRAINT "payment_allocations_payment_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "crm"."payments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."payment_allocations" ADD CONSTRAINT "payment_allocations_invoice_fk" FOREIGN KEY ("tenant_id","invoice_id") REFERENCES "crm"."invoices"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."payment_schedule" ADD CONSTRAINT "payment_schedule_invoice_fk" FOREIGN KEY ("tenant_id","invoice_id") REFERENCES "crm"."invoices"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."payments" ADD CONSTRAINT "payments_currency_currencies_code_fk" FOREIGN KEY ("currency") REFERENCES "crm"."currencies"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."payments" ADD CONSTRAINT "payments_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."payments" ADD CONSTRAINT "payments_refunds_payment_fk" FOREIGN KEY ("tenant_id","refunds_payment_id") REFERENCES "crm"."payments"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."pipeline_stages" ADD CONSTRAINT "pipeline_stages_pipeline_fk" FOREIGN KEY ("tenant_id","pipeline_id") REFERENCES "crm"."pipelines"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_currency_currencies_code_fk" FOREIGN KEY ("currency") REFERENCES "crm"."currencies"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_root_quote_fk" FOREIGN KEY ("tenant_id","root_quote_id") REFERENCES "crm"."quotes"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE set null ("contact_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_opportunity_fk" FOREIGN KEY ("tenant_id","opportunity_id") REFERENCES "crm"."opportunities"("tenant_id","id") ON DELETE set null ("opportunity_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_event_fk" FOREIGN KEY ("tenant_id","event_id") REFERENCES "crm"."events"("tenant_id","id") ON DELETE set null ("event_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_task_fk" FOREIGN KEY ("tenant_id","task_id") REFERENCES "crm"."tasks"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_note_fk" FOREIGN KEY ("tenant_id","note_id") REFERENCES "crm"."notes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_attachment_fk" FOREIGN KEY ("tenant_id","attachment_id") REFERENCES "crm"."attachments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_communication_fk" FOREIGN KEY ("tenant_id","communication_id") REFERENCES "crm"."communications"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_account_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "crm"."accounts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_contact_fk" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "crm"."contacts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_lead_fk" FOREIGN KEY ("tenant_id","lead_id") REFERENCES "crm"."leads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_opportunity_fk" FOREIGN KEY ("tenant_id","opportunity_id") REFERENCES "crm"."opportunities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_event_fk" FOREIGN KEY ("tenant_id","event_id") REFERENCES "crm"."events"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_quote_fk" FOREIGN KEY ("tenant_id","quote_id") REFERENCES "crm"."quotes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_contract_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "crm"."contracts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_invoice_fk" FOREIGN KEY ("tenant_id","invoice_id") REFERENCES "crm"."invoices"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."record_links" ADD CONSTRAINT "record_links_location_fk" FOREIGN KEY ("tenant_id","location_id") REFERENCES "crm"."locations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."resource_bookings" ADD CONSTRAINT "resource_bookings_resource_fk" FOREIGN KEY ("tenant_id","resource_id") REFERENCES "crm"."resources"("tenant_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."resource_bookings" ADD CONSTRAINT "resource_bookings_event_date_fk" FOREIGN KEY ("tenant_id","event_date_id") REFERENCES "crm"."event_dates"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."resource_members" ADD CONSTRAINT "resource_members_combo_fk" FOREIGN KEY ("tenant_id","combo_id") REFERENCES "crm"."resources"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."resource_members" ADD CONSTRAINT "resource_members_member_fk" FOREIGN KEY ("tenant_id","member_id") REFERENCES "crm"."resources"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD CONSTRAINT "saved_views_owner_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "crm"."member_refs"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."tasks" ADD CONSTRAINT "tasks_parent_task_fk" FOREIGN KEY ("tenant_id","parent_task_id") REFERENCES "crm"."tasks"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."tasks" ADD CONSTRAINT "tasks_assignee_fk" FOREIGN KEY ("tenant_id","assignee_id") REFERENCES "crm"."member_refs"("tenant_id","user_id") ON DELETE set null ("assignee_id") ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_recent" ON "crm"."accounts" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "accounts_custom" ON "crm"."accounts" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "accounts_by_name" ON "crm"."accounts" USING btree ("tenant_id","name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "accounts_by_created" ON "crm"."accounts" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "accounts_by_status" ON "crm"."accounts" USING btree ("tenant_id","status","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "accounts_by_city" ON "crm"."accounts" USING btree ("tenant_id",coalesce(billing_city, ''),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "accounts_by_owner" ON "crm"."accounts" USING btree ("tenant_id","owner_id");--> statement-breakpoint
CREATE INDEX "accounts_by_parent" ON "crm"."accounts" USING btree ("tenant_id","parent_account_id");--> statement-breakpoint
CREATE INDEX "accounts_name_search" ON "crm"."accounts" USING gin (name gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "accounts_email_search" ON "crm"."accounts" USING gin ((email::text) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "attachments_recent" ON "crm"."attachments" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "attachments_custom" ON "crm"."attachments" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "catalog_items_recent" ON "crm"."catalog_items" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "catalog_items_custom" ON "crm"."catalog_items" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "communications_recent" ON "crm"."communications" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "communications_custom" ON "crm"."communications" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "communications_provider" ON "crm"."communications" USING btree ("tenant_id","provider","provider_message_id") WHERE provider_message_id is not null;--> statement-breakpoint
CREATE INDEX "communications_by_time" ON "crm"."communications" USING btree ("tenant_id","occurred_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contact_accounts_recent" ON "crm"."contact_accounts" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contact_accounts_custom" ON "crm"."contact_accounts" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_accounts_once" ON "crm"."contact_accounts" USING btree ("tenant_id","contact_id","account_id") WHERE ended_on is null and deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_accounts_primary" ON "crm"."contact_accounts" USING btree ("tenant_id","contact_id") WHERE is_primary and ended_on is null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "contact_accounts_by_account" ON "crm"."contact_accounts" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "contact_points_match" ON "crm"."contact_points" USING btree ("tenant_id","kind","value_norm");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_points_once" ON "crm"."contact_points" USING btree ("tenant_id","contact_id","kind","value_norm");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_points_primary" ON "crm"."contact_points" USING btree ("tenant_id","contact_id","kind") WHERE is_primary;--> statement-breakpoint
CREATE INDEX "contact_points_search" ON "crm"."contact_points" USING gin (value gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "contacts_recent" ON "crm"."contacts" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_custom" ON "crm"."contacts" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "contacts_by_name" ON "crm"."contacts" USING btree ("tenant_id","display_name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_by_created" ON "crm"."contacts" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_by_owner" ON "crm"."contacts" USING btree ("tenant_id","owner_id");--> statement-breakpoint
CREATE INDEX "contacts_name_search" ON "crm"."contacts" USING gin (display_name gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "contract_signers_in_order" ON "crm"."contract_signers" USING btree ("tenant_id","contract_id","sign_order");--> statement-breakpoint
CREATE INDEX "contracts_recent" ON "crm"."contracts" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contracts_custom" ON "crm"."contracts" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "contracts_by_account" ON "crm"."contracts" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "event_dates_recent" ON "crm"."event_dates" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "event_dates_custom" ON "crm"."event_dates" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "event_dates_calendar" ON "crm"."event_dates" USING gist ("tenant_id","service_range") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "event_dates_of_event" ON "crm"."event_dates" USING btree ("tenant_id","event_id");--> statement-breakpoint
CREATE INDEX "event_dates_of_opportunity" ON "crm"."event_dates" USING btree ("tenant_id","opportunity_id");--> statement-breakpoint
CREATE INDEX "events_recent" ON "crm"."events" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "events_custom" ON "crm"."events" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "events_one_per_opportunity" ON "crm"."events" USING btree ("tenant_id","opportunity_id") WHERE opportunity_id is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "events_by_account" ON "crm"."events" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "events_by_start" ON "crm"."events" USING btree ("tenant_id","first_starts_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoice_line_items_recent" ON "crm"."invoice_line_items" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoice_line_items_custom" ON "crm"."invoice_line_items" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "invoice_line_items_in_order" ON "crm"."invoice_line_items" USING btree ("tenant_id","invoice_id","position");--> statement-breakpoint
CREATE INDEX "invoices_recent" ON "crm"."invoices" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoices_custom" ON "crm"."invoices" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_one_per_quote" ON "crm"."invoices" USING btree ("tenant_id","quote_id") WHERE kind = 'invoice' and status <> 'void' and deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoices_by_account" ON "crm"."invoices" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_token" ON "crm"."invoices" USING btree ("tenant_id","public_token_hash");--> statement-breakpoint
CREATE INDEX "leads_recent" ON "crm"."leads" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "leads_custom" ON "crm"."leads" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "leads_queue" ON "crm"."leads" USING btree ("tenant_id","status","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "locations_recent" ON "crm"."locations" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "locations_custom" ON "crm"."locations" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "locations_by_name" ON "crm"."locations" USING btree ("tenant_id","name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "notes_recent" ON "crm"."notes" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "notes_custom" ON "crm"."notes" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "opportunities_recent" ON "crm"."opportunities" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_custom" ON "crm"."opportunities" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "opportunities_board" ON "crm"."opportunities" USING btree ("tenant_id","pipeline_id","stage_id","board_rank","id") WHERE deleted_at is null and archived_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_forecast" ON "crm"."opportunities" USING btree ("tenant_id","expected_close_on") WHERE outcome is null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_by_name" ON "crm"."opportunities" USING btree ("tenant_id","name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_by_amount" ON "crm"."opportunities" USING btree ("tenant_id","amount_minor","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_by_close" ON "crm"."opportunities" USING btree ("tenant_id",coalesce(expected_close_on, 'infinity'::date),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_by_created" ON "crm"."opportunities" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_by_account" ON "crm"."opportunities" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "opportunities_by_contact" ON "crm"."opportunities" USING btree ("tenant_id","contact_id");--> statement-breakpoint
CREATE INDEX "opportunities_by_owner" ON "crm"."opportunities" USING btree ("tenant_id","owner_id");--> statement-breakpoint
CREATE INDEX "opportunities_name_search" ON "crm"."opportunities" USING gin (name gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "opportunity_line_items_recent" ON "crm"."opportunity_line_items" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunity_line_items_custom" ON "crm"."opportunity_line_items" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "opportunity_line_items_in_order" ON "crm"."opportunity_line_items" USING btree ("tenant_id","opportunity_id","position");--> statement-breakpoint
CREATE INDEX "opportunity_stage_history_timeline" ON "crm"."opportunity_stage_history" USING btree ("tenant_id","opportunity_id","id");--> statement-breakpoint
CREATE INDEX "payment_allocations_by_invoice" ON "crm"."payment_allocations" USING btree ("tenant_id","invoice_id");--> statement-breakpoint
CREATE INDEX "payment_schedule_in_order" ON "crm"."payment_schedule" USING btree ("tenant_id","invoice_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_provider" ON "crm"."payments" USING btree ("tenant_id","provider","provider_ref") WHERE provider_ref is not null;--> statement-breakpoint
CREATE INDEX "payments_by_account" ON "crm"."payments" USING btree ("tenant_id","account_id","received_at");--> statement-breakpoint
CREATE INDEX "pipeline_stages_recent" ON "crm"."pipeline_stages" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "pipeline_stages_custom" ON "crm"."pipeline_stages" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "pipelines_recent" ON "crm"."pipelines" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "pipelines_custom" ON "crm"."pipelines" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "pipelines_default" ON "crm"."pipelines" USING btree ("tenant_id") WHERE is_default and deleted_at is null;--> statement-breakpoint
CREATE INDEX "quotes_recent" ON "crm"."quotes" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "quotes_custom" ON "crm"."quotes" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "quotes_by_account" ON "crm"."quotes" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "quotes_by_opportunity" ON "crm"."quotes" USING btree ("tenant_id","opportunity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quotes_token" ON "crm"."quotes" USING btree ("tenant_id","public_token_hash");--> statement-breakpoint
CREATE INDEX "record_changes_timeline" ON "crm"."record_changes" USING btree ("tenant_id","entity","entity_id","id");--> statement-breakpoint
CREATE INDEX "record_links_by_task" ON "crm"."record_links" USING btree ("tenant_id","task_id") WHERE task_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_note" ON "crm"."record_links" USING btree ("tenant_id","note_id") WHERE note_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_attachment" ON "crm"."record_links" USING btree ("tenant_id","attachment_id") WHERE attachment_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_communication" ON "crm"."record_links" USING btree ("tenant_id","communication_id") WHERE communication_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_account" ON "crm"."record_links" USING btree ("tenant_id","account_id") WHERE account_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_contact" ON "crm"."record_links" USING btree ("tenant_id","contact_id") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_lead" ON "crm"."record_links" USING btree ("tenant_id","lead_id") WHERE lead_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_opportunity" ON "crm"."record_links" USING btree ("tenant_id","opportunity_id") WHERE opportunity_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_event" ON "crm"."record_links" USING btree ("tenant_id","event_id") WHERE event_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_quote" ON "crm"."record_links" USING btree ("tenant_id","quote_id") WHERE quote_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_contract" ON "crm"."record_links" USING btree ("tenant_id","contract_id") WHERE contract_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_invoice" ON "crm"."record_links" USING btree ("tenant_id","invoice_id") WHERE invoice_id is not null;--> statement-breakpoint
CREATE INDEX "record_links_by_location" ON "crm"."record_links" USING btree ("tenant_id","location_id") WHERE location_id is not null;--> statement-breakpoint
CREATE INDEX "resource_bookings_of_date" ON "crm"."resource_bookings" USING btree ("tenant_id","event_date_id");--> statement-breakpoint
CREATE INDEX "resource_members_by_member" ON "crm"."resource_members" USING btree ("tenant_id","member_id");--> statement-breakpoint
CREATE INDEX "resources_recent" ON "crm"."resources" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resources_custom" ON "crm"."resources" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "saved_views_in_order" ON "crm"."saved_views" USING btree ("tenant_id","entity","position");--> statement-breakpoint
CREATE INDEX "tasks_recent" ON "crm"."tasks" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_custom" ON "crm"."tasks" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "tasks_mine" ON "crm"."tasks" USING btree ("tenant_id","assignee_id","due_on") WHERE status in ('open', 'in_progress') and deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_by_parent" ON "crm"."tasks" USING btree ("tenant_id","parent_task_id");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."accounts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."attachments" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."catalog_items" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."communications" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."contact_accounts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."contact_points" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."contacts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."contract_signers" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."contracts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."event_dates" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."events" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "own_row" ON "crm"."identity" AS PERMISSIVE FOR SELECT TO public USING (role = session_user);--> statement-breakpoint
CREATE POLICY "admission" ON "crm"."identity" AS PERMISSIVE FOR INSERT TO public WITH CHECK (role <> session_user);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."import_batches" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."import_rows" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."invoice_line_items" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."invoices" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."leads" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."locations" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."member_refs" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."notes" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."number_series" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."opportunities" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."opportunity_line_items" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."opportunity_stage_history" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."payment_allocations" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."payment_schedule" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."payments" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."pipeline_stages" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."pipelines" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."quotes" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."record_changes" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."record_links" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."resource_bookings" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."resource_members" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."resources" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."saved_views" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."tasks" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));