import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { fileURLToPath } from 'node:url'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

export interface AppLogin {
  appRole: string
  appPassword: string
}

/** A login that owns nothing, may not change the schema, and can only add to and read the audit log. Runs twice without harm. */
export async function grantApplicationRights(admin: Target, { appRole, appPassword }: AppLogin): Promise<void> {
  const role = identifier(appRole)
  const database = identifier(admin.database)
  await withAdminConnection(admin, async (run) => {
    await run(`do $$ begin create role ${role}; exception when duplicate_object or unique_violation then end $$`)
    // ALTER ROLE takes no parameters, so the server itself quotes the password.
    await run(`select set_config('tenantry.new_password', $1, false)`, [appPassword])
    await run(`do $$ begin
      execute format('alter role ${role} login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %L',
        current_setting('tenantry.new_password'));
    end $$`)
    await run(`revoke all on database ${database} from public; grant connect on database ${database} to ${role}`)
    await run(`revoke all on all tables in schema app from ${role}; grant usage on schema app to ${role}`)
    await run(`grant select, insert, update on app.users, app.sessions, app.tenants, app.memberships to ${role}`)
    await run(`grant select, insert, update, delete on app.sign_in_throttle to ${role}`)
    await run(`grant select, insert, update on app.invitations to ${role}`)
    await run(
      `grant select, insert, update, delete on app.connection_shares, app.data_source_replicas, app.teams to ${role}`,
    )
    await run(`grant select, insert, update, delete on app.data_source_health, app.schema_comparisons to ${role}`)
    await run(`grant select, insert, delete, update (expires_at) on app.public_links to ${role}`)
    await run(`grant select, insert, update (last_used_at, revoked_at) on app.api_keys to ${role}`)
    await run(`grant select, insert, delete, update (created_at) on app.mail_due, app.contracts_due to ${role}`)
    await run(`grant select, insert, delete, update (since, expected_at) on app.payments_due to ${role}`)
    await run(`grant select, insert, update, delete on app.webhook_endpoints, app.webhook_due to ${role}`)
    await run(`grant select, insert, update (due_at) on app.holds_due to ${role}`)
    await run(`grant select, insert, delete, update (due_at) on app.import_work to ${role}`)
    await run(
      `grant select, insert, delete, update (sealed_secret, last_received_at) on app.inbound_addresses to ${role}`,
    )
    await run(
      `grant select, insert, delete, update (token_hash, rotated_at, last_read_at) on app.calendar_feeds to ${role}`,
    )
    // The queue of the worker. Its library keeps the schema up to date by itself, so it belongs to the login that runs it.
    await run(`create schema if not exists graphile_worker authorization ${role}`)
    await run(`create table if not exists graphile_worker.migrations
      (id int primary key, ts timestamptz default now() not null, breaking boolean not null default false)`)
    await run(`alter table graphile_worker.migrations owner to ${role}`)
    await run(`grant select, insert, update on app.runs, app.run_units to ${role}`)
    await run(`grant select, insert, update on app.transfers to ${role}`)
    await run(`grant execute on function app.lock_moving_company(uuid) to ${role}`)
    await run(`grant select, insert, delete on app.operators to ${role}`)
    // Who had access, why and for how long is written once; only its end can be added.
    await run(`grant select, insert, update (ended_at, ended_by) on app.support_access to ${role}`)
    await run(`grant select, insert on app.audit_log to ${role}`)
    await run(`grant execute on function app.announce_tenant_change(jsonb) to ${role}`)
    await run(
      `grant execute on function app.renew_connection_share(text, uuid, integer, integer, integer, integer) to ${role}`,
    )
    await run(`grant select on app.schema_migrations to ${role}`)
    await run(`alter role ${role} in database ${database} set timezone = 'UTC'`)
    await run(`alter role ${role} in database ${database} set datestyle = 'ISO, YMD'`)
  })
}

function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_-]{0,62}$/i.test(name)) {
    throw new TenantryError('CONFIGURATION_INVALID', { message: 'A database or role has a name that is not plain.' })
  }
  return `"${name}"`
}
