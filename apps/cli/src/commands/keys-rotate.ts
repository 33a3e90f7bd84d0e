import { rotateKeys, type KeyRotation } from '@tenantry/fleet/rotate-keys'
import type { Command } from 'commander'
import { withAccess, type Access } from '../access.ts'
import { conductRun, type Conclusion, type Conducted } from '../manners/conduct-run.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'
import { exitCode } from '../exit-code.ts'

type RotateOptions = OutputOptions & WritingOptions

export function keysRotateCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand('rotate', 'seal everything under the first key of the keyring, while requests go on', [
      'tenantry keys rotate --dry-run    # opens and counts everything, writes nothing',
      'tenantry keys rotate              # again after it was interrupted: it goes on; exit code 3 when values do not open',
    ]),
  )
  return command.action(async (options: RotateOptions) => {
    const rotation = await withAccess(shell, async (access) => {
      if (options.dryRun) return await dryRun({ shell, command, options }, access)
      const { app, operatorName } = access
      const run = await app.runs.resumeOrStart({ kind: 'keys.rotate', input: {}, startedBy: operatorName })
      return await conductRun({ shell, command, options }, run, (conducted) => rotate(access, conducted))
    })
    printResult(shell, options, {
      data: { dryRun: options.dryRun ?? false, ...rotation },
      text: () => tell(rotation, options),
    })
  })
}

async function dryRun(
  { shell, command, options }: { shell: Shell; command: Command; options: RotateOptions },
  { app, keyring, operatorName }: Access,
): Promise<KeyRotation> {
  const { sealedValues } = app
  const rotation = await progressOf(shell, options).step('Opening every value', () =>
    rotateKeys({ sealedValues, keyring, operatorName, isDryRun: true }),
  )
  if (rotation.unopened.length > 0) setExitCode(command, exitCode.partlyFailed)
  return rotation
}

async function rotate(
  { app, keyring, operatorName }: Access,
  { run, progress, stop }: Conducted,
): Promise<Conclusion<KeyRotation>> {
  const result = await progress.step('Sealing values anew', (detail) =>
    rotateKeys({
      sealedValues: app.sealedValues,
      keyring,
      operatorName,
      signal: stop,
      // What a resumed run does is another batch, whatever its number: it begins with what is left.
      inBatch: (batch, write) => run.unit(`attempt ${run.attempts}, batch ${batch}`, write),
      onProgress: ({ done, total }) => detail(`${done} of ${total}`),
    }),
  )
  return { status: statusOf(result), result }
}

function statusOf({ isInterrupted, remaining, unopened }: KeyRotation): Conclusion<unknown>['status'] {
  if (remaining === 0) return 'done'
  if (isInterrupted) return 'interrupted'
  return unopened.length > 0 ? 'partly_failed' : 'failed'
}

function tell({ keyId, resealed, remaining, unopened }: KeyRotation, { dryRun: isDryRun }: RotateOptions): string {
  const did = isDryRun ? `Would seal ${resealed} values under ${keyId}.` : `Sealed ${resealed} values under ${keyId}.`
  const rest =
    remaining === 0
      ? 'No value is left under another key: the others can leave the keyring.'
      : `${remaining} values are under another key.`
  return [did, rest, ...unopened.map(({ slug, column, code }) => `${slug}: ${column} does not open (${code}).`)].join(
    '\n',
  )
}
