import { arch, cpus, platform, release, totalmem } from 'node:os'

export interface Machine {
  processor: string
  cores: number
  memoryGb: number
  system: string
  node: string
  postgres: string
}

export function describeMachine(postgres: string): Machine {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    postgres,
  }
}
