/**
 * A migration with the kinds of objects that the project's own schema has no example of, so that their drift is tried too:
 * whoever adds the first one to the schema finds it watched.
 */
export const everyKind = {
  '9000_every_kind': `
    create type crm.mood as enum ('sad', 'fine', 'happy');
    create domain crm.rating as integer default 3 constraint rating_range check (value between 1 and 5);
    create sequence crm.ticket_numbers as bigint start with 1000;
    create function crm.touch() returns trigger language plpgsql set search_path = '' as $$ begin return new; end $$;
    create table crm.kinds (
      tenant_id uuid not null default crm.current_tenant(),
      id bigint not null default nextval('crm.ticket_numbers'),
      mood crm.mood not null default 'fine',
      rating crm.rating,
      doubled integer generated always as (rating * 2) stored,
      note text,
      constraint kinds_pkey primary key (tenant_id, id),
      constraint kinds_note check (length(note) < 100));
    alter table crm.kinds enable row level security, force row level security;
    create policy tenant_isolation on crm.kinds
      using (tenant_id = (select crm.current_tenant())) with check (tenant_id = (select crm.current_tenant()));
    create trigger kinds_touched before update on crm.kinds for each row execute function crm.touch();
    create index kinds_by_mood on crm.kinds (tenant_id, mood);`,
}
