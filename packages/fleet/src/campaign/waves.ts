import { isHomeOf, type FleetDatabase } from '../databases/fleet-database.ts'

export interface Wave {
  name: 'canary' | '1 %' | '10 %' | 'all'
  databases: FleetDatabase[]
  /** Failures among all databases tried so far with which the campaign goes on. */
  tolerated: number
}

/**
 * First those who agreed to be first, then one in a hundred, one in ten, all others: a migration that breaks does so where
 * few are. A wave without databases is left out. Among the canaries no failure is tolerated; later one database of each
 * twenty may fail, and one in any case, so that a single broken tenant keeps nobody from the new version.
 */
export function planWaves(databases: readonly FleetDatabase[], canary: readonly string[] = []): Wave[] {
  const canaries = databases.filter((database) => canary.some((slug) => isHomeOf(database, slug)))
  const others = databases.filter((database) => !canaries.includes(database))
  const hundredth = Math.ceil(databases.length / 100)
  const tenth = Math.ceil(databases.length / 10)
  // A small fleet has no use for steps of one database each.
  const cuts = databases.length < smallFleet ? [0, 0] : [hundredth, hundredth + tenth]
  const waves: Wave[] = [
    { name: 'canary', databases: canaries, tolerated: 0 },
    { name: '1 %', databases: others.slice(0, cuts[0]), tolerated: 1 },
    { name: '10 %', databases: others.slice(cuts[0], cuts[1]), tolerated: 1 },
    { name: 'all', databases: others.slice(cuts[1]), tolerated: Math.max(1, Math.ceil(databases.length / 20)) },
  ]
  return waves.filter((wave) => wave.databases.length > 0)
}

const smallFleet = 10
