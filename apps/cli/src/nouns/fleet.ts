import type { Command } from 'commander'
import { fleetDiffCommand } from '../commands/fleet-diff.ts'
import { fleetMigrateCommand } from '../commands/fleet-migrate.ts'
import { fleetRepairCommand } from '../commands/fleet-repair.ts'
import { fleetStatusCommand } from '../commands/fleet-status.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function fleetNoun(shell: Shell): Command {
  return newNoun('fleet', 'the databases of all tenants together', [
    fleetMigrateCommand(shell),
    fleetStatusCommand(shell),
    fleetDiffCommand(shell),
    fleetRepairCommand(shell),
  ])
}
