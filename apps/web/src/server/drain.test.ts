import { createServer, type ServerResponse } from 'node:http'
import { expect, it, vi } from 'vitest'
import { drainOf } from './drain.ts'
import { listen } from './listen.ts'

/** A second is too short for a busy machine. */
const patiently = { timeout: 30_000 }

it('answers what is under way, takes nothing new, and does not wait for ever', async () => {
  const waiting: ServerResponse[] = []
  const server = createServer((_request, response) => void waiting.push(response))
  const drain = drainOf(server, { withinMs: 300 })
  const origin = `http://127.0.0.1:${await listen(server, { port: 0, host: '127.0.0.1' })}`
  const underWay = fetch(origin)
  await vi.waitUntil(() => waiting.length === 1, patiently)
  const stuck = fetch(origin).catch(() => 'cut off')
  await vi.waitUntil(() => waiting.length === 2, patiently)

  const drained = drain()
  waiting[0]?.end('done')
  expect(await (await underWay).text()).toBe('done')
  await expect(fetch(origin)).rejects.toThrow('fetch failed')
  await drained
  expect(await stuck).toBe('cut off')
})

it('says what to do about a port that is taken', async () => {
  const first = createServer()
  const port = await listen(first, { port: 0, host: '127.0.0.1' })
  await expect(listen(createServer(), { port, host: '127.0.0.1' })).rejects.toThrow(`Port ${port} is already in use`)
  first.close()
})
