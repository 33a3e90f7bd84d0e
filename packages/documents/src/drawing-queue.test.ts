import { expect, test } from 'vitest'
import { DrawingQueue } from './drawing-queue.ts'

test('drawings follow one another, and a place is free again when one is made or could not be', async () => {
  const queue = new DrawingQueue({ staff: 2, public: 1 })
  const running = new Set<string>()
  const begun: string[] = []
  const work =
    (name: string, fails = false) =>
    async () => {
      expect([...running]).toEqual([])
      running.add(name)
      begun.push(name)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running.delete(name)
      if (fails) throw new RangeError('not drawn')
      return name
    }
  const waiting = [
    queue.draw('public', work('first', true)),
    queue.draw('staff', work('second')),
    queue.draw('staff', work('third')),
  ]
  const settled = Promise.allSettled(waiting)
  await expect(queue.draw('public', work('never'))).rejects.toMatchObject({
    code: 'DOCUMENTS_BUSY',
    retryAfterSeconds: 2,
  })
  await expect(queue.draw('staff', work('never'))).rejects.toMatchObject({ code: 'DOCUMENTS_BUSY' })
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect(begun).toEqual(['first', 'second', 'third'])
  expect(await Promise.all([queue.draw('public', work('fourth')), queue.draw('staff', work('fifth'))])).toEqual([
    'fourth',
    'fifth',
  ])
})
