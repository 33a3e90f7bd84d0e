import { ValueType } from '@opentelemetry/api'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import {
  AggregationTemporality,
  DataPointType,
  MeterProvider,
  type CollectionResult,
  type MetricData,
  type MetricProducer,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'

/** What is measured, as it stands at this moment. Names as Prometheus has them, times in seconds. */
export type Metric = NumberMetric | HistogramMetric

export type Labels = Record<string, string>

interface Named {
  name: string
  /** One sentence for people. */
  description: string
}

export interface NumberMetric extends Named {
  /** A counter only grows; its name ends in `_total`. */
  kind: 'counter' | 'gauge'
  points: { labels: Labels; value: number }[]
}

export interface HistogramMetric extends Named {
  kind: 'histogram'
  points: HistogramPoint[]
}

export interface HistogramPoint {
  labels: Labels
  count: number
  sum: number
  /** How many were at most `upTo`, each counting those before it. What was more is only in `count`. */
  buckets: { upTo: number; count: number }[]
}

export interface Metrics extends AsyncDisposable {
  /** As Prometheus reads it. */
  text(): Promise<string>
  close(): Promise<void>
}

/** The media type of `text()`. */
export const metricsMediaType = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Metrics that are counted elsewhere, in plain numbers, and become OpenTelemetry's only when somebody asks: an instrument of
 * its own costs each request the hashing of its labels. `collect` must not throw.
 */
export function openMetrics(collect: () => Promise<Metric[]>): Metrics {
  const reader = new PrometheusExporter({ preventServerStart: true, metricProducers: [producerOf(collect)] })
  const provider = new MeterProvider({ readers: [reader] })
  // Neither time stamps nor labels about this program itself: Prometheus knows both by itself.
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true)
  const close = () => provider.shutdown()
  return {
    async text() {
      const { resourceMetrics, errors } = await reader.collect()
      if (errors.length > 0) throw new AggregateError(errors, 'metrics could not be collected')
      return `${serializer.serialize(resourceMetrics).trimEnd()}\n`
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function producerOf(collect: () => Promise<Metric[]>): MetricProducer {
  return {
    async collect(): Promise<CollectionResult> {
      const metrics = (await collect()).filter(({ points }) => points.length > 0).map(dataOf)
      const scopeMetrics = [{ scope: { name: 'tenantry' }, metrics }]
      return { resourceMetrics: { resource: noResource(), scopeMetrics }, errors: [] }
    },
  }
}

/** The reader takes the provider's resource and ignores what a producer says. */
function noResource(): ResourceMetrics['resource'] {
  return undefined as unknown as ResourceMetrics['resource']
}

function dataOf(metric: Metric): MetricData {
  const { name, description } = metric
  const common = {
    descriptor: { name, description, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
  switch (metric.kind) {
    case 'counter':
      return { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: metric.points.map(pointOf) }
    case 'gauge':
      return { ...common, dataPointType: DataPointType.GAUGE, dataPoints: metric.points.map(pointOf) }
    case 'histogram':
      return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: metric.points.map(histogramOf) }
  }
}

const noTime: [number, number] = [0, 0]

function pointOf<T>({ labels, value }: { labels: Labels; value: T }) {
  return { attributes: labels, value, startTime: noTime, endTime: noTime }
}

/** OpenTelemetry's buckets count what is above the bound before, and have one more for what is above all. */
function histogramOf({ labels, count, sum, buckets }: HistogramPoint) {
  const cumulative = [...buckets.map((bucket) => bucket.count), count]
  const counts = cumulative.map((value, at) => value - (cumulative[at - 1] ?? 0))
  return pointOf({ labels, value: { count, sum, buckets: { boundaries: buckets.map(({ upTo }) => upTo), counts } } })
}
