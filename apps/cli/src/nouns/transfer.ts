import type { Command } from 'commander'
import { transferCutoverCommand } from '../commands/transfer-cutover.ts'
import { transferPlanCommand } from '../commands/transfer-plan.ts'
import { transferRollbackCommand } from '../commands/transfer-rollback.ts'
import { transferRunCommand } from '../commands/transfer-run.ts'
import { transferStatusCommand } from '../commands/transfer-status.ts'
import { transferVerifyCommand } from '../commands/transfer-verify.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function transferNoun(shell: Shell): Command {
  return newNoun('transfer', "a company's rows from the tables of an older system into its tenant database", [
    transferPlanCommand(shell),
    transferRunCommand(shell),
    transferVerifyCommand(shell),
    transferCutoverCommand(shell),
    transferRollbackCommand(shell),
    transferStatusCommand(shell),
  ])
}
