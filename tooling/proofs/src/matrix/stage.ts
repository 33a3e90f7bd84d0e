import { callAsOperator } from '@tenantry/api/operator'
import { openRuntime } from '@tenantry/api/runtime'
import { urlOf } from '@tenantry/connections/target'
import type { SessionId } from '@tenantry/contracts/ids'
import { LimitedKind, RecordAccess } from '@tenantry/contracts/record-access'
import { TenantryError } from '@tenantry/errors'
import { openFolderStore } from '@tenantry/files/folder-store'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import { sessionCookie } from '@tenantry/testing/session-cookie'
import { openTenantStates } from '@tenantry/testing/tenant-states'
import { createWorld, type World, type WorldPerson } from '@tenantry/testing/world'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { HttpCaller, isMutation } from './caller.ts'
import { Company } from './company.ts'
import { inputs, type Target } from './inputs.ts'
import { expectedDecision, opensByLink, type Caller, type Decision, type ProcedurePath, type Row } from './policy.ts'
import type { Stage } from './run.ts'
import { missingTarget } from './missing-target.ts'
import { wantedRow } from './targets.ts'

const slugs = ['alder', 'birch', 'cypress', 'dogwood', 'elder'] as const
type Slug = (typeof slugs)[number]

export interface OpenStage extends Stage, AsyncDisposable {
  /** What an operator is told at the command line who calls a procedure in the first company, for a row of its own or of another. */
  callFromCommandLine(path: ProcedurePath, row: 'own' | 'sameDatabase'): Promise<Decision>
}

/**
 * Companies on real databases behind the HTTP handler. `alder` is the first company; `birch` shares its database, and so
 * do `dogwood`, whose owner is the caller `other`, and `elder`, which is suspended; `cypress` lives on the other server.
 */
export async function openStage(main: ServerAddress, elsewhere: ServerAddress): Promise<OpenStage> {
  const grove = { server: main, database: 'grove' }
  const world = await createWorld(main, {
    alder: grove,
    birch: grove,
    cypress: { server: elsewhere },
    dogwood: grove,
    elder: grove,
  })
  const http = await serve(world)
  const operators = await makeOperators(world)
  const companies = {} as Record<Slug, Company>
  for (const slug of slugs) {
    // Nobody of the callers, who sign out everywhere and lose their role.
    const keeper = await http.signIn(await join(world, slug, 'keeper'))
    const { support } = await operatorDbOf(world, operators.keeper)
    companies[slug] = await Company.open(world.tenants[slug], keeper, async () => (await support.open(look(slug))).id)
  }
  await world.app.db.tenants.setStatus('matrix', 'elder', 'suspended')
  const removed = await removeSomebody(world)
  const limited = await limitSomebody(world)
  const secrets = await secretsOf(world, http.secret)
  const untouched = () => rowsNobodyMayTouch(world, companies)
  const before = await untouched()
  const callers = new Map<Caller, HttpCaller>()

  const close = async () => {
    await http.close()
    await world.close()
  }
  return { as, target, wordsFor, changedRows, callFromCommandLine, [Symbol.asyncDispose]: close }

  async function as(caller: Caller, path: ProcedurePath): Promise<HttpCaller> {
    const known = callers.get(caller)
    const movesSession = isMutation(path) && (path.startsWith('session.') || path.endsWith('Support'))
    if (known !== undefined && !movesSession) return known
    callers.delete(caller)
    const made = await newCaller(caller)
    if (!movesSession) callers.set(caller, made)
    return made
  }

  async function newCaller(caller: Caller): Promise<HttpCaller> {
    const { alder, dogwood, elder } = world.tenants
    switch (caller) {
      case 'anonymous':
        return http.stranger()
      case 'removed':
        return http.signIn(removed, alder.id)
      case 'suspended':
        return http.signIn(elder.people.owner)
      case 'other':
        return http.signIn(dogwood.people.owner)
      case 'operator':
      case 'operatorMember':
        return http.signIn(operators[caller])
      case 'limited':
        return http.signIn(limited)
      case 'support':
        return http.visit(operators.support, 'alder')
      case 'owner':
      case 'admin':
      case 'member':
      case 'read_only':
        return http.signIn(alder.people[caller])
    }
  }

  async function target(path: ProcedurePath, row: Row, caller: Caller): Promise<Target> {
    const home = companies[opensByLink(path) ? 'alder' : homeOf(caller)]
    const wanted = wantedRow(path)
    // Only the settings have a version without being named.
    if (path === 'tenant.updateSettings') return { ...missingTarget(), version: await home.settingsVersion() }
    if (wanted === undefined) return missingTarget()
    switch (row) {
      case 'missing':
        return missingTarget()
      case 'malformed':
        return { ...missingTarget(), id: 'not-a-uuid', slug: 'not a slug', token: 'not a token' }
      case 'sameDatabase':
      case 'elsewhere': {
        const company = row === 'elsewhere' ? companies.cypress : companies.birch
        // What operators end must be there each time anew; nobody else changes anything of these companies.
        return isOperator(caller) && wanted === 'support'
          ? company.fresh(wanted)
          : notByLink(path, company.shared(wanted))
      }
      case 'own': {
        if (path === 'operator.enterSupport' && isOperator(caller)) {
          const { support } = await operatorDbOf(world, operators[caller])
          return { ...missingTarget(), id: (await support.open(look('alder'))).id }
        }
        const named = caller === 'other' ? companies.alder : home
        const willChange = isMutation(path) && expectedDecision(path, caller, row) === 'ok'
        return willChange ? named.fresh(wanted) : named.shared(wanted)
      }
    }
  }

  function wordsFor(caller: Caller, path: ProcedurePath): { own: string | undefined; foreign: string[] } {
    if (opensByLink(path)) {
      const foreign = slugs.flatMap((slug) => (slug === 'alder' ? companies.alder.ids() : companies[slug].words()))
      return { own: companies.alder.ownWord(), foreign: [...secrets, ...foreign] }
    }
    if (isOperator(caller) && path.startsWith('operator.')) {
      return { own: undefined, foreign: [...secrets, ...slugs.flatMap((slug) => companies[slug].businessWords())] }
    }
    const isOutside = caller === 'anonymous' || caller === 'removed' || caller === 'operator'
    const home = isOutside ? undefined : homeOf(caller)
    const others = slugs.filter((slug) => slug !== home)
    if (caller === 'limited') {
      const ofColleagues = companies.alder.wordsOfOthers()
      return {
        own: undefined,
        foreign: [...secrets, ...ofColleagues, ...others.flatMap((slug) => companies[slug].words())],
      }
    }
    return {
      own: home && companies[home].ownWord(),
      foreign: [...secrets, ...others.flatMap((slug) => companies[slug].words())],
    }
  }

  async function callFromCommandLine(path: ProcedurePath, row: 'own' | 'sameDatabase'): Promise<Decision> {
    const { app, dataSources, keyring } = world
    const logger = openLogger({ level: 'silent' })
    const planes = { appDb: app.db, grants: app.grants, dataSources, keyring, files: http.files, logger }
    const input = inputs[path](await target(path, row, 'owner'))
    try {
      await callAsOperator(planes, { operatorName: 'matrix', slug: 'alder', path, input })
      return 'ok'
    } catch (error) {
      return error instanceof TenantryError ? error.code : 'INTERNAL'
    }
  }

  async function changedRows(): Promise<string[]> {
    const after = await untouched()
    return [...before].filter(([name, row]) => after.get(name) !== row).map(([name]) => name)
  }
}

function isOperator(caller: Caller): caller is 'operator' | 'operatorMember' | 'support' {
  return caller === 'operator' || caller === 'operatorMember' || caller === 'support'
}

function look(slug: Slug) {
  return { slug, reason: 'Asked by the matrix', minutes: 400 }
}

/** A link of another company opens its document for whoever has it; here it is one that was made for another kind of document. */
function notByLink(path: ProcedurePath, target: Target): Target {
  return opensByLink(path) ? { ...target, token: target.otherToken } : target
}

function homeOf(caller: Caller): Slug {
  if (caller === 'suspended') return 'elder'
  return caller === 'other' ? 'dogwood' : 'alder'
}

/** The handler of the API on a port of its own, and browsers for it. */
async function serve(world: World<Slug>) {
  const { appTarget, keys, startSession, appAdmin } = world
  const secret = randomBytes(24).toString('hex')
  const folder = await mkdtemp(joinPath(tmpdir(), 'tenantry-matrix-'))
  const files = openFolderStore(folder)
  const runtime = openRuntime({
    appDatabaseUrl: urlOf(appTarget),
    keys,
    openTenantStates,
    sessionSecret: secret,
    origin: 'http://crm.example.test',
    // Each call says that it comes from somewhere else: nobody may call the public pages that often.
    trustedProxyHops: 1,
    logLevel: 'silent',
    files,
  })
  const server = createServer((request, response) => void runtime.handleTrpc(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const baseUrl = `http://127.0.0.1:${port}`
  return {
    secret,
    files,
    stranger: () => new HttpCaller(baseUrl, undefined),
    /** In the company they belong to, or in one they worked in when they were still a member. */
    async signIn(person: WorldPerson, workedIn?: string): Promise<HttpCaller> {
      const session = await startSession(person)
      if (workedIn !== undefined)
        await lookInto(appAdmin, 'update app.sessions set tenant_id = $1 where id = $2', [workedIn, session])
      return new HttpCaller(baseUrl, sessionCookie(secret, session))
    },
    /** By support access that is opened for it. */
    async visit(operator: WorldPerson, slug: Slug): Promise<HttpCaller> {
      const session = await startSession(operator)
      const { support } = await operatorDbOf(world, operator, session)
      await support.enter(session, (await support.open(look(slug))).id)
      return new HttpCaller(baseUrl, sessionCookie(secret, session))
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await runtime.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The caller who belongs to no company, the one who only reads in the first, the one who visits, and one who is no caller. */
async function makeOperators(world: World<Slug>) {
  const make = async (name: string): Promise<WorldPerson> => {
    const person = { email: `${name}@operators-matrix.example`, name: `Operator ${name}` }
    const id = await world.app.db.users.create({ ...person, passwordHash: null })
    await world.app.operators.add('matrix', person.email)
    return { ...person, id }
  }
  const operatorMember = await join(world, 'alder', 'operator', 'read_only')
  await world.app.operators.add('matrix', operatorMember.email)
  return {
    operator: await make('nobody'),
    support: await make('visitor'),
    keeper: await make('keeper'),
    operatorMember,
  }
}

/** The console of an operator, as a request of a session of theirs has it. */
async function operatorDbOf({ app, startSession }: World<Slug>, operator: WorldPerson, session?: SessionId) {
  const found = await app.db.sessions.resolve(session ?? (await startSession(operator)), { requestId: 'matrix' })
  if (!found?.operatorPass) throw new Error(`${operator.name} is no operator`)
  return app.db.forOperator(found.operatorPass)
}

async function removeSomebody(world: World<Slug>): Promise<WorldPerson> {
  const person = await join(world, 'alder', 'removed')
  const grant = await world.grantOf(await world.startSession(world.tenants.alder.people.owner))
  await world.app.db.memberships.setStatus(grant, { userId: person.id, status: 'removed' })
  return person
}

/** A member of the first company who reaches their own records only. */
async function limitSomebody(world: World<Slug>): Promise<WorldPerson> {
  const person = await join(world, 'alder', 'limited', 'member')
  const grant = await world.grantOf(await world.startSession(world.tenants.alder.people.owner))
  const own = Object.fromEntries(LimitedKind.options.map((kind) => [kind, { see: 'own', change: 'own' }]))
  await world.app.db.recordAccess.setMember(grant, { userId: person.id, teamId: null, access: RecordAccess.parse(own) })
  return person
}

/** One more member of a company. */
async function join(
  world: World<Slug>,
  slug: Slug,
  name: string,
  role: 'admin' | 'member' | 'read_only' = 'admin',
): Promise<WorldPerson> {
  const grant = await world.grantOf(await world.startSession(world.tenants[slug].people.owner))
  const person = { email: `${name}@${slug}-matrix.example`, name: `${name} of ${slug}` }
  const { userId } = await world.app.db.memberships.add(grant, { ...person, role })
  return { ...person, id: userId }
}

/** What of the application database may reach nobody: keys, sealed credentials, and a person who belongs to no company. */
async function secretsOf({ app, appAdmin, keys }: World<Slug>, sessionSecret: string): Promise<string[]> {
  const canary = `canary-application-${randomBytes(6).toString('hex')}`
  const id = await app.db.users.create({
    email: `${canary}@matrix.example`,
    name: canary,
    passwordHash: `hash of ${canary}`,
  })
  const sealed = await lookInto<{ key: string }>(
    appAdmin,
    'select unnest(array[data_source_anon_key, data_source_service_key, data_source_support_key]) as key from app.tenants',
  )
  return [canary, id, sessionSecret, keys, ...sealed.map(({ key }) => key)]
}

/** All rows of companies that no caller can write to, and of the first company those that no caller is to change. */
async function rowsNobodyMayTouch(world: World<Slug>, companies: Record<Slug, Company>): Promise<Map<string, string>> {
  const { alder, birch, cypress, elder } = companies
  const parts = [alder.sharedRows(world), birch.allRows(), cypress.allRows(), elder.allRows()]
  const members = await lookInto<{ slug: string; rows: string }>(
    world.appAdmin,
    `select t.slug, jsonb_agg(to_jsonb(m) order by m.user_id)::text as rows
     from app.memberships m join app.tenants t on t.id = m.tenant_id where t.slug in ('birch', 'cypress', 'elder') group by 1`,
  )
  const settings = await lookInto<{ slug: string; row: string }>(
    world.appAdmin,
    // An operator may have every process forget a data source, which its version counts.
    `select slug, (to_jsonb(t) - 'data_source_version' - 'changed_in')::text as row from app.tenants t where slug in ('birch', 'cypress', 'elder')`,
  )
  return new Map([
    ...(await Promise.all(parts)).flatMap((part) => [...part]),
    ...members.map(({ slug, rows }): [string, string] => [`${slug}: members`, rows]),
    ...settings.map(({ slug, row }): [string, string] => [`${slug}: settings`, row]),
  ])
}
