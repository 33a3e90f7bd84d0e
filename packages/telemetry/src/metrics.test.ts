import { expect, test } from 'vitest'
import { openMetrics, type Metric } from './metrics.ts'

test('counters, gauges and histograms are what Prometheus reads', async () => {
  await using metrics = openMetrics(async () => [
    {
      name: 'lookups_total',
      description: 'Looked up.',
      kind: 'counter',
      points: [
        { labels: { result: 'hit' }, value: 3 },
        { labels: { result: 'miss' }, value: 1 },
      ],
    },
    { name: 'waiting', description: 'Who waits.', kind: 'gauge', points: [{ labels: {}, value: 0 }] },
    {
      name: 'connect_seconds',
      description: 'Connecting.',
      kind: 'histogram',
      points: [
        {
          labels: { placement: 'shared' },
          count: 5,
          sum: 7.5,
          buckets: [
            { upTo: 0.1, count: 2 },
            { upTo: 1, count: 4 },
          ],
        },
      ],
    },
  ])
  expect(await metrics.text()).toBe(`# HELP lookups_total Looked up.
# TYPE lookups_total counter
lookups_total{result="hit"} 3
lookups_total{result="miss"} 1
# HELP waiting Who waits.
# TYPE waiting gauge
waiting 0
# HELP connect_seconds Connecting.
# TYPE connect_seconds histogram
connect_seconds_count{placement="shared"} 5
connect_seconds_sum{placement="shared"} 7.5
connect_seconds_bucket{placement="shared",le="0.1"} 2
connect_seconds_bucket{placement="shared",le="1"} 4
connect_seconds_bucket{placement="shared",le="+Inf"} 5
`)
})

test('each reading collects anew', async () => {
  let value = 0
  const metric = (): Metric => ({
    name: 'n',
    description: 'N.',
    kind: 'gauge',
    points: [{ labels: {}, value: ++value }],
  })
  await using metrics = openMetrics(async () => [metric()])
  expect(await metrics.text()).toContain('n 1')
  expect(await metrics.text()).toContain('n 2')
})

test('a label cannot end its line or its quotes', async () => {
  const labels = { code: 'a"} 1\nforged_total 9' }
  await using metrics = openMetrics(async () => [
    { name: 'errors_total', description: 'E.', kind: 'counter', points: [{ labels, value: 1 }] },
  ])
  expect((await metrics.text()).split('\n').filter((line) => line.startsWith('forged_total'))).toEqual([])
})

test('what cannot be collected is a failure, not an empty answer', async () => {
  await using metrics = openMetrics(() => Promise.reject(new Error('no')))
  await expect(metrics.text()).rejects.toThrow('no')
})
