import type { HealthyOutcome, PlantOutcome } from './run.ts'

export interface DriftCatalogue {
  healthy: HealthyOutcome[]
  plants: PlantOutcome[]
}

export function holds({ healthy, plants }: DriftCatalogue): boolean {
  return [...healthy, ...plants].every(({ held }) => held)
}

export function renderCatalogue({ healthy, plants }: DriftCatalogue): string {
  const lines = [
    ...healthy.map(({ name, held, differences }) =>
      line(held, name, held ? 'no alarm' : differences.slice(0, 3).join('; ')),
    ),
    '',
    ...plants.map((plant) => line(plant.held, plant.name, describe(plant))),
    '',
    `${plants.filter(({ found }) => found).length} of ${plants.length} planted drifts found, ${plants.filter(({ repaired }) => repaired).length} repaired, ${healthy.filter(({ held }) => !held).length} false alarms`,
  ]
  return lines.join('\n')
}

function describe({ found, repaired, differences, error }: PlantOutcome): string {
  const what = differences[0] ?? 'nothing'
  return [found ? `found: ${what}` : `not found, but: ${what}`, repaired ? 'repaired' : 'left to a person', error]
    .filter((part) => part !== null)
    .join('; ')
}

function line(held: boolean, name: string, text: string): string {
  return `${held ? 'ok ' : 'NO '} ${name.padEnd(72)} ${text}`
}
