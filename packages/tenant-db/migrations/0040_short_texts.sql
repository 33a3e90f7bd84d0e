-- One and two letters, and letters beyond ASCII, by indexes too. A part of a text has three characters; two letters are found by
-- the 37 parts that begin with them, for which each text stands between line ends in the index. Texts in which anything else is
-- than small letters and digits of ASCII and what separates them everywhere are in a second index, by each character and each
-- two, since what is a letter depends on the server.
--
-- A text is cut twice, once a character later, and U+0001 put between. Of a text that has that itself no letter is lost, but
-- what stands beside it is; nobody asks for it.
create function crm.letters(t text) returns text[] language sql immutable parallel safe
  return string_to_array(t, null) || string_to_array(
    regexp_replace(t, '(..)', E'\\1\u0001', 'g') || E'\u0001' || regexp_replace(substr(t, 2), '(..)', E'\\1\u0001', 'g'), E'\u0001');
--> statement-breakpoint
DROP INDEX "crm"."search_texts_accounts";--> statement-breakpoint
DROP INDEX "crm"."search_texts_contacts";--> statement-breakpoint
DROP INDEX "crm"."search_texts_opportunities";--> statement-breakpoint
CREATE INDEX "search_texts_accounts_letters" ON "crm"."search_texts" USING gin (crm.letters("text"),"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'accounts' and text ~ '[^-a-z0-9 @.+_\n]';--> statement-breakpoint
CREATE INDEX "search_texts_contacts_letters" ON "crm"."search_texts" USING gin (crm.letters("text"),"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'contacts' and text ~ '[^-a-z0-9 @.+_\n]';--> statement-breakpoint
CREATE INDEX "search_texts_opportunities_letters" ON "crm"."search_texts" USING gin (crm.letters("text"),"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'opportunities' and text ~ '[^-a-z0-9 @.+_\n]';--> statement-breakpoint
CREATE INDEX "search_texts_accounts" ON "crm"."search_texts" USING gin ((chr(10) || "text" || chr(10)) gin_trgm_ops,"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'accounts';--> statement-breakpoint
CREATE INDEX "search_texts_contacts" ON "crm"."search_texts" USING gin ((chr(10) || "text" || chr(10)) gin_trgm_ops,"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'contacts';--> statement-breakpoint
CREATE INDEX "search_texts_opportunities" ON "crm"."search_texts" USING gin ((chr(10) || "text" || chr(10)) gin_trgm_ops,"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'opportunities';
--> statement-breakpoint
-- <source>_with_text as before, for every text. In a database of one tenant the index is not asked for the tenant: GIN looks for
-- each candidate in the list of all its rows, 0.5 ms for 140 candidates that the parts alone find in 0.13. Whose a text is, is
-- compared either way. What the session asks decides which of these looks are made; the others cost nothing.
do $do$
declare
  place text;
begin
  foreach place in array array['accounts', 'contacts', 'opportunities'] loop
    execute format($make$
      create or replace function crm.%1$s_with_text(sought text) returns uuid[]
      language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
        set enable_seqscan = off as $find$
      declare
        mine constant uuid not null := crm.current_tenant();
        lowered text collate "C" := lower(sought collate "default");
        -- As in the index on letters: what separates words everywhere, and what has parts everywhere.
        plain constant text := E'[-a-z0-9 @.+_\\n]';
        sample text collate "C";
        often bigint;
        alone boolean;
        pattern text collate "C";
        expressions text[];
        letters text[];
        ids uuid[];
      begin
        if nullif(current_setting('tenantry.access', true), '') is not null then return null; end if;
        select left(coalesce(string_agg(s.text, chr(10)), ''), 1500), count(*) filter (where position(lowered in s.text) > 0)
          into sample, often from (
            select t.text from crm.search_texts t
            where t.tenant_id = mine and t.source = %1$L
            order by t.record_id, t.part_id limit 100) as s;
        if often > 10 then return null; end if;
        if lowered ~ '[a-z0-9]{3}' then
          -- Parts that follow each other are put together again.
          with parts as (
            select place, substr(lowered, place, 3) as part from generate_series(1, length(lowered) - 2) as place),
          counted as materialized (
            select p.place, p.part, (length(sample) - length(replace(sample, p.part, ''))) / 3 as often
            from parts p where p.part ~ '^[a-z0-9]+$'),
          rare as (
            select c.place, c.part, lag(c.place) over (order by c.place) as before
            from counted c where c.often <= greatest(6, (select min(c.often) from counted c)))
          select string_agg(case when r.before = r.place - 1 then right(r.part, 1) else '%%' || r.part end, '' order by r.place) || '%%'
            into pattern from rare r;
        else
          -- Few rows have it, or the order is soon walked.
          if often > 3 or often > 0 and length(lowered) = 1 then return null; end if;
          select array_agg(distinct substr(lowered, place, least(2, length(lowered)))) into letters
          from generate_series(1, greatest(1, length(lowered) - 1)) as place
          where strpos(substr(lowered, place, 2), chr(1)) = 0;
          if lowered ~ '^[a-z0-9]$' then
            -- Postgres takes a pattern for at most 256 parts: each third of these is one of 37.
            expressions := array(select plain || lowered || third from unnest(array['[abcdef]', '[ghijkl]', '[mnopqr]', '[stuvwx]',
              '[yz0123]', '[456789]', E'[- @.+_\\n]']) as third);
          elsif lowered ~ '[a-z0-9]' and lowered !~ E'[^-a-z0-9 @.+_\\n]' then
            -- Both neighbours where one alone would make no part.
            expressions := array[coalesce(substring(lowered from '[a-z0-9]{2}') || plain,
              plain || regexp_replace(substring(lowered from '.{0,3}[a-z0-9].{0,4}'), '([.+])', E'\\\\\\1', 'g') || plain)];
          elsif lowered !~ E'[^-a-z0-9 @.+_\\n]' or letters is null then
            return null;
          end if;
        end if;
        alone := not exists (select from crm.search_texts t where t.tenant_id < mine)
          and not exists (select from crm.search_texts t where t.tenant_id > mine);
        select array_agg(held.record_id) into ids from (
          select found.record_id from (
            select t.record_id, t.text from crm.search_texts t
            where alone and t.tenant_id is not distinct from mine and t.source = %1$L
              and (chr(10) || t.text || chr(10)) like pattern
            union all
            select t.record_id, t.text from crm.search_texts t
            where not alone and t.tenant_id = mine and t.source = %1$L and (chr(10) || t.text || chr(10)) like pattern
            union all
            select t.record_id, t.text from unnest(expressions) as expression
            join crm.search_texts t on (chr(10) || t.text || chr(10)) ~ expression
            where alone and t.tenant_id is not distinct from mine and t.source = %1$L
            union all
            select t.record_id, t.text from unnest(expressions) as expression
            join crm.search_texts t on (chr(10) || t.text || chr(10)) ~ expression
            where not alone and t.tenant_id = mine and t.source = %1$L
            union all
            select t.record_id, t.text from crm.search_texts t
            where alone and t.tenant_id is not distinct from mine and t.source = %1$L
              and t.text ~ E'[^-a-z0-9 @.+_\\n]' and crm.letters(t.text) @> letters
            union all
            select t.record_id, t.text from crm.search_texts t
            where not alone and t.tenant_id = mine and t.source = %1$L
              and t.text ~ E'[^-a-z0-9 @.+_\\n]' and crm.letters(t.text) @> letters
          ) as found
          where position(lowered in found.text) > 0
          limit 1001) as held;
        if cardinality(ids) > 1000 then return null; end if;
        return coalesce(ids, '{}');
      end $find$
    $make$, place);
  end loop;
end $do$;
