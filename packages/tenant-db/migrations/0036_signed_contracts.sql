ALTER TABLE "crm"."attachments" ADD COLUMN "is_evidence" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
-- A file that is evidence stays as it is, whoever writes. Whom row security does not bind removes a tenant with all its rows.
create function crm.keep_evidence() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    if not row_security_active('crm.attachments') then return old; end if;
  elsif (new.tenant_id, new.id, new.file_name, new.storage_key, new.byte_size, new.media_type, new.sha256, new.state, new.is_evidence, new.deleted_at)
    is not distinct from
    (old.tenant_id, old.id, old.file_name, old.storage_key, old.byte_size, old.media_type, old.sha256, old.state, old.is_evidence, old.deleted_at)
  then return new;
  end if;
  raise exception 'evidence is kept as it is' using errcode = '23514', constraint = 'attachments_evidence';
end $$;
--> statement-breakpoint
create trigger attachments_evidence before update or delete on crm.attachments
  for each row when (old.is_evidence) execute function crm.keep_evidence();
--> statement-breakpoint
-- Once a contract names its signed file, it names no other.
create function crm.keep_signed_file() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception 'a signed contract keeps its file' using errcode = '23514', constraint = 'contracts_signed_file';
end $$;
--> statement-breakpoint
create trigger contracts_signed_file before update of signed_pdf_attachment_id on crm.contracts
  for each row when (old.signed_pdf_attachment_id is not null
    and new.signed_pdf_attachment_id is distinct from old.signed_pdf_attachment_id and row_security_active('crm.contracts'))
  execute function crm.keep_signed_file();
