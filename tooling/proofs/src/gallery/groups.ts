import type { Group } from './program.ts'
import { otherPlane } from './programs/other-plane.ts'
import { ownSql } from './programs/own-sql.ts'
import { scripts } from './programs/scripts.ts'
import { structure } from './programs/structure.ts'
import { walls } from './programs/walls.ts'
import { wrongHandle } from './programs/wrong-handle.ts'
import { wrongTenant } from './programs/wrong-tenant.ts'

/** The whole gallery. */
export const groups: Group[] = [wrongHandle, ownSql, otherPlane, structure, wrongTenant, walls, scripts]
