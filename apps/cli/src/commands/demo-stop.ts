import { TenantryError } from '@tenantry/errors'
import type { Command } from 'commander'
import { findRunningDemo } from '../demo/running-demo.ts'
import { waitUntilGone } from '../demo/other-process.ts'
import { newCommand, printResult, progressOf, type OutputOptions, type Shell } from '../shell.ts'

const stopMs = 20_000

export function demoStopCommand(shell: Shell): Command {
  return newCommand('stop', 'stop the local demo; its data stays', ['tenantry demo stop']).action(
    async (options: OutputOptions) => {
      const running = findRunningDemo(shell.demoFolder)
      if (running) {
        await progressOf(shell, options).step('Stopping the demo', async () => {
          process.kill(running.pid, 'SIGTERM')
          if (await waitUntilGone(running.pid, { withinMs: stopMs })) return
          throw new TenantryError('LOCAL_POSTGRES_FAILED', {
            message: `The demo (process ${running.pid}) did not stop within ${stopMs / 1000} s. End that process by hand.`,
          })
        })
      }
      printResult(shell, options, {
        data: { stopped: running !== undefined },
        text: () =>
          running ? 'The demo is stopped. `pnpm dev` starts it again with its data.' : 'No demo is running.',
      })
    },
  )
}
