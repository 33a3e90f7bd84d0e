import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { byId, gate, insert, useEvents } from './events.fixture.ts'

const home = useEvents()

test('a savepoint fails alone, at any depth', async () => {
  const { database } = home.openPool()
  await database.transaction(async (tx) => {
    await tx.run(insert, { id: 3, name: 'outer' })
    await tx.savepoint(async (middle) => {
      await middle.run(insert, { id: 4, name: 'middle' })
      const inner = middle.savepoint(async (deepest) => {
        await deepest.run(insert, { id: 5, name: 'inner' })
        await deepest.run(insert, { id: 5, name: 'clash' })
      })
      await expect(inner).rejects.toMatchObject({ code: 'CONFLICT' })
    })
  })
  expect(await home.stored(3, 4, 5)).toEqual([3, 4])
})

test('an error of the callback undoes its savepoint and comes out as it is', async () => {
  const { database } = home.openPool()
  const mine = new Error('mine')
  await database.transaction(async (tx) => {
    const attempt = tx.savepoint(async (inner) => {
      await inner.run(insert, { id: 3, name: 'undone' })
      throw mine
    })
    await expect(attempt).rejects.toBe(mine)
    await tx.run(insert, { id: 4, name: 'kept' })
  })
  expect(await home.stored(3, 4)).toEqual([4])
})

test('the outer handle rests while a savepoint is open', async () => {
  const { database } = home.openPool()
  await database.transaction(async (tx) => {
    await tx.savepoint(async () => {
      await expect(tx.run(byId, { id: 1 })).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
    })
    expect(await tx.run(byId, { id: 1 })).toHaveLength(1)
  })
})

test('of two savepoints at once the second is refused', async () => {
  const { database } = home.openPool()
  await database.transaction(async (tx) => {
    const [first, second] = await Promise.allSettled([
      tx.savepoint((inner) => inner.run(insert, { id: 3, name: 'first' })),
      tx.savepoint((inner) => inner.run(insert, { id: 4, name: 'second' })),
    ])
    expect(first).toMatchObject({ status: 'fulfilled' })
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'HANDLE_CLOSED' } })
  })
  expect(await home.stored(3, 4)).toEqual([3])
})

test('a statement that was not awaited undoes its savepoint and nothing else', async () => {
  const { database } = home.openPool()
  await database.transaction(async (tx) => {
    const attempt = tx.savepoint(async (inner) => {
      void inner.run(insert, { id: 3, name: 'forgotten' })
    })
    await expect(attempt).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
    await tx.run(insert, { id: 4, name: 'kept' })
  })
  expect(await home.stored(3, 4)).toEqual([4])
})

test('a forgotten savepoint that ends late does not touch the next transaction of its connection', async () => {
  const { database } = home.openPool({ max: 1 })
  const inside = gate()
  const late = gate()
  const forgetful = database.transaction(async (tx) => {
    void tx.savepoint(async () => {
      inside.open()
      await late.opened
    })
    await inside.opened
  })
  await expect(forgetful).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })

  await database.transaction(async (tx) => {
    await tx.savepoint(async (inner) => {
      late.open()
      await sleep(30)
      await inner.run(insert, { id: 3, name: 'mine' })
    })
  })
  expect(await home.stored(3)).toEqual([3])
})

test('a forgotten savepoint inside a savepoint does not touch what goes on around it', async () => {
  const { database } = home.openPool()
  const inside = gate()
  const late = gate()
  await database.transaction(async (tx) => {
    const outer = tx.savepoint(async (middle) => {
      void middle.savepoint(async () => {
        inside.open()
        await late.opened
      })
      await inside.opened
    })
    await expect(outer).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
    late.open()
    await sleep(30)
    await tx.run(insert, { id: 3, name: 'kept' })
  })
  expect(await home.stored(3)).toEqual([3])
})

test('the work of a savepoint does not begin when its transaction has ended', async () => {
  const { database } = home.openPool()
  let began = false
  const forgetful = database.transaction(async (tx) => {
    void tx.savepoint(async () => {
      began = true
    })
  })
  await expect(forgetful).rejects.toMatchObject({ code: 'HANDLE_CLOSED' })
  await sleep(30)
  expect(began).toBe(false)
})

test('a savepoint outside a transaction is refused', async () => {
  const { database } = home.openPool()
  await expect(database.reader.savepoint(async () => 1)).rejects.toMatchObject({ code: 'INTERNAL' })
})
