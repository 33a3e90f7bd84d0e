/** One complaint of a tool about one file. */
export interface Diagnostic {
  /** As the tool printed it: relative to where it ran, or absolute. */
  file: string
  /** `TS2339` for the compiler, `tenantry(one-door)` for lint. */
  code: string
  message: string
}

/** What tsc prints without `--pretty`. Throws when it complains about its settings, for then it has looked at no program. */
export function parseCompiler(printed: string): Diagnostic[] {
  const found: Diagnostic[] = []
  for (const line of printed.split('\n')) {
    const [, file, code, message] = /^(.+?)\(\d+,\d+\): error (TS\d+): (.*)$/.exec(line) ?? []
    const last = found.at(-1)
    if (file && code && message !== undefined) found.push({ file, code, message })
    // An indented line explains the error before it.
    else if (/^\s+\S/.test(line) && last) last.message += ` ${line.trim()}`
    else if (line.trim() !== '') throw new Error(`the compiler did not get to work: ${line}`)
  }
  return found
}

/** What oxlint prints as `-f json`. Throws when it did not lint. */
export function parseLint(printed: string): Diagnostic[] {
  try {
    const { diagnostics } = JSON.parse(printed) as {
      diagnostics: { filename: string; code: string; message: string }[]
    }
    return diagnostics.map(({ filename, code, message }) => ({ file: filename, code, message }))
  } catch (cause) {
    throw new Error(`oxlint did not get to work: ${printed.slice(0, 500)}`, { cause })
  }
}
