import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eachPerServer, type Width } from './per-server.ts'

/** Does them all and gives the most that were at work at once, of each server and in all. */
async function mostAtOnce(servers: readonly string[], width: Width) {
  const busy = new Map<string, number>()
  const most: Record<string, number> = {}
  const done: string[] = []
  const notice = () => {
    const all = [...busy.values()].reduce((sum, one) => sum + one, 0)
    for (const [name, count] of [...busy, ['all', all] as const]) most[name] = Math.max(most[name] ?? 0, count)
  }
  await eachPerServer(
    servers.map((server) => ({ server })),
    width,
    async ({ server }) => {
      busy.set(server, (busy.get(server) ?? 0) + 1)
      notice()
      await sleep(server === 'slow' ? 20 : 2)
      busy.set(server, (busy.get(server) ?? 0) - 1)
      done.push(server)
    },
  )
  return { most, done: done.length }
}

const many = (server: string, count: number) => Array.from({ length: count }, () => server)

test('no server has more databases at work than it may, and each as many as that', async () => {
  const { most, done } = await mostAtOnce([...many('one', 20), ...many('two', 20)], { perServer: 3, atOnce: 32 })
  expect({ most, done }).toEqual({ most: { one: 3, two: 3, all: 6 }, done: 40 })
})

test('all servers together stay within the whole', async () => {
  const servers = Array.from({ length: 8 }, (_, at) => many(`s${at}`, 4)).flat()
  const { most, done } = await mostAtOnce(servers, { perServer: 4, atOnce: 5 })
  expect([most['all'], done]).toEqual([5, 32])
})

test('four of a server and 32 in all when nobody says otherwise', async () => {
  const servers = Array.from({ length: 12 }, (_, at) => many(`s${at}`, 6)).flat()
  const { most } = await mostAtOnce(servers, {})
  expect([most['all'], most['s0']]).toEqual([32, 4])
})

test('a slow server takes no more than its share: the others are through long before it', async () => {
  const order: string[] = []
  const servers = [...many('slow', 6), ...many('quick', 6)]
  await eachPerServer(
    servers.map((server) => ({ server })),
    { perServer: 2 },
    async ({ server }) => {
      await sleep(server === 'slow' ? 50 : 1)
      order.push(server)
    },
  )
  expect(order.slice(-4)).toEqual(many('slow', 4))
})

test('nothing more is begun once it is to stop, and what was begun ends', async () => {
  let begun = 0
  let ended = 0
  await eachPerServer(
    many('one', 10).map((server) => ({ server })),
    { perServer: 2 },
    async () => {
      begun++
      await sleep(5)
      ended++
    },
    () => begun >= 4,
  )
  expect([begun, ended]).toEqual([4, 4])
})
