import { openGround } from './ground.ts'
import { migrateFleet } from './migrate-fleet.ts'
import { moveIn } from './move-in.ts'
import { Narrator, type TourStep } from './narrator.ts'
import { rotateKeys } from './rotate-keys.ts'
import { Visitor } from './visitor.ts'
import { prepareWebApplication } from './web-application.ts'
import { askForDiagnosis, workOn } from './work-on.ts'

/**
 * From nothing to a company that has moved in and a fleet that was migrated, through the command line and the web
 * application as operators run them. Throws TourEnded at the first thing that is not as promised.
 */
export async function runTour(
  { fleet }: { fleet: number },
  { onStep, onProgress }: { onStep: (step: TourStep) => void; onProgress: (text: string) => void },
): Promise<TourStep[]> {
  await using ground = await openGround(onProgress)
  onProgress('Starting the web application')
  await using web = await prepareWebApplication(ground.environment)
  await web.start()
  const narrator = new Narrator(onStep)
  const walk = { ground, web, narrator, owner: new Visitor(web.origin) }
  await moveIn(walk)
  await workOn(walk)
  await rotateKeys(walk)
  await migrateFleet(walk, fleet)
  await askForDiagnosis(walk)
  return narrator.steps
}
