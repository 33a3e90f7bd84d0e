import type { Command } from 'commander'
import { demoResetCommand } from '../commands/demo-reset.ts'
import { demoStartCommand } from '../commands/demo-start.ts'
import { demoStopCommand } from '../commands/demo-stop.ts'
import type { Shell } from '../shell.ts'
import { newNoun } from './noun.ts'

export function demoNoun(shell: Shell): Command {
  return newNoun('demo', 'everything on this machine, with demo data', [
    demoStartCommand(shell),
    demoStopCommand(shell),
    demoResetCommand(shell),
  ])
}
