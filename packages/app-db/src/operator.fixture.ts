import type { UserId } from '@tenantry/contracts/ids'
import { stageAppDb } from './database.fixture.ts'

/** The stage with an operator who belongs to no company, and companies whose data sources have a login that can only read. */
export async function stageOperator() {
  const stage = await stageAppDb()
  const { db, operators } = stage
  const userId = await db.users.create({ email: 'opal@host.example', name: 'Opal', passwordHash: null })
  await operators.add('cli', 'Opal@host.example')
  for (const [slug, id] of [
    ['acme', 'a17e2b30-0000-4000-8000-000000000001'],
    ['bloom', 'a17e2b30-0000-4000-8000-000000000002'],
  ] as const) {
    await db.tenants.setDataSource('op', slug, {
      dataSourceUrl: `postgres://${slug}_app@db.example:5432/${slug}`,
      dataSourceAnonKey: 'sealed',
      dataSourceServiceKey: 'sealed',
      dataSourceSupportKey: 'sealed',
      dataSourceRegion: slug === 'acme' ? 'eu' : 'us',
      connectionPoolConfig: { supportRole: `${slug}_support` },
      tenantIdInDataSource: id,
      dataSourceIdentity: '7/16384/1',
      placement: 'dedicated',
    })
  }
  const start = (id: UserId) => db.sessions.start({ userId: id, name: 'x', userAgent: null, requestId: 'r' })
  const sessionId = await start(userId)
  /** The session as the next request of it finds it. */
  const look = async (id = sessionId) => (await stage.sign(id)) ?? fail()
  const operatorDb = async (id = sessionId) => db.forOperator((await look(id)).operatorPass ?? fail())
  /** A session of one's own that works by support access to a company. */
  async function supported(slug = 'acme', minutes = 30) {
    const session = await start(userId)
    const operator = await operatorDb(session)
    const { id } = await operator.support.open({ slug, reason: 'Ticket 7: totals differ', minutes })
    await operator.support.enter(session, id)
    return { session, id, operator }
  }
  return { ...stage, operatorUserId: userId, operatorSession: sessionId, start, look, operatorDb, supported }
}

function fail(): never {
  throw new Error('nobody is signed in, or is no operator')
}
