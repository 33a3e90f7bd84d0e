import type { Group } from './program.ts'
import { aroundTheWalls } from './programs/around-the-walls.ts'
import { closedDoors } from './programs/closed-doors.ts'
import { crossedContainers } from './programs/crossed-containers.ts'
import { crossedValues } from './programs/crossed-values.ts'
import { forgedGrants } from './programs/forged-grants.ts'
import { lies } from './programs/lies.ts'
import { lookAlikes } from './programs/look-alikes.ts'
import { lookingAway } from './programs/looking-away.ts'
import { noGrant } from './programs/no-grant.ts'
import { outlived } from './programs/outlived.ts'
import { ownSql } from './programs/own-sql.ts'
import { scripts } from './programs/scripts.ts'
import { tenantIds } from './programs/tenant-ids.ts'
import { wrongGrants } from './programs/wrong-grants.ts'
import { wrongHandle } from './programs/wrong-handle.ts'

/** The whole gallery. */
export const groups: Group[] = [
  { title: 'A query on the wrong handle', programs: wrongHandle },
  { title: 'Builder methods and own SQL on a handle', programs: ownSql },
  { title: "One plane's handle where the other's is expected", programs: [...crossedValues, ...crossedContainers] },
  { title: 'Structural tricks', programs: [...lookAlikes, ...lookingAway, ...lies] },
  { title: 'Wrong tenant', programs: [...noGrant, ...forgedGrants, ...tenantIds, ...outlived, ...wrongGrants] },
  { title: 'Walls between packages', programs: [...closedDoors, ...aroundTheWalls] },
  { title: 'Scripts with several planes', programs: scripts },
]
