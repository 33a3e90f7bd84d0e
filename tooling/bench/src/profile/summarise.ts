/** As the inspector of V8 writes it. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
}

/** Own time by package, then by function, as shares of the time in which the processor was busy. */
export function summarise({ nodes, samples, timeDeltas }: CpuProfile): string {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const byPackage = new Map<string, number>()
  const byFunction = new Map<string, number>()
  let busy = 0
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id)
    const time = timeDeltas[index] ?? 0
    if (frame === undefined || frame.functionName === '(idle)') continue
    busy += time
    const place = placeOf(frame.url, frame.functionName)
    add(byPackage, place, time)
    add(byFunction, `${frame.functionName || '(anonymous)'} in ${place} ${fileOf(frame.url)}`.trim(), time)
  }
  return [...largest(byPackage, busy, 14), '', ...largest(byFunction, busy, 20)].join('\n')
}

function placeOf(url: string, functionName: string): string {
  if (functionName.startsWith('(')) return functionName
  if (url === '') return 'V8'
  if (url.startsWith('node:')) return url.split('/', 1)[0] ?? url
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)
  if (dependency) return dependency[1] ?? url
  return /\/((?:packages|apps|tooling)\/[^/]+)\//.exec(url)?.[1] ?? url
}

function fileOf(url: string): string {
  return url.split('?', 1)[0]?.split('/').slice(-2).join('/') ?? ''
}

function largest(times: Map<string, number>, whole: number, count: number): string[] {
  const sorted = [...times].toSorted(([, a], [, b]) => b - a).slice(0, count)
  return sorted.map(([name, time]) => `  ${((100 * time) / whole).toFixed(1).padStart(5)} %  ${name}`)
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time)
}
