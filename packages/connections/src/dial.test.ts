import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { byId, useEvents } from './events.fixture.ts'
import { certificate, openTlsProxy } from './tls.fixture.ts'

const home = useEvents()

test('a certificate that is trusted and names the host is accepted, and the session is encrypted', async () => {
  const target = { ...(await openTlsProxy(home.target)), tls: { ca: certificate } }
  const { database } = home.openPool({}, target)
  expect(await database.reader.run(byId, { id: 1 })).toHaveLength(1)
  expect(await database.reader.db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }])
})

test.each([
  ['a certificate that nobody we trust has signed', 'localhost', 'verify-full', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['a certificate of another name', '127.0.0.1', { ca: certificate }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const)('%s is refused', async (_name, host, tls, reason) => {
  const target = { ...(await openTlsProxy(home.target)), host, tls }
  const { database } = home.openPool({}, target)
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
    detail: { reason: `connection lost: ${reason}` },
  })
})

test('a server without TLS is refused when the target asks for it', async () => {
  const { database } = home.openPool({}, { ...home.target, tls: 'verify-full' })
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' })
})

test.each(['N', 'S and more'] as const)('the answer «%s» to the request for TLS is refused', async (answer) => {
  const target = { ...(await openTlsProxy(home.target, answer)), tls: { ca: certificate } }
  const { database } = home.openPool({ connectMs: 5000, acquireMs: 5000 }, target)
  await expect(database.reader.run(byId, { id: 1 })).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
    detail: { reason: 'the server refused TLS' },
  })
})
