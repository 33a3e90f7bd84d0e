/** What a command's exit code tells a script. */
export const exitCode = { ok: 0, failed: 1, usage: 2, partlyFailed: 3, refused: 4, interrupted: 130 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** The command understood and will not do it; the sentence says what to do instead. Exit code 4. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
