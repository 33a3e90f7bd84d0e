/** Shortest pause between two lines where nobody sits and watches. */
const quietMs = 10_000

let lastAt = -Infinity

/** Says on stderr what is being done: each step on a terminal, else a line now and then, so that a log shows that it goes on. */
export function onProgress(step: string): void {
  const now = performance.now()
  if (!process.stderr.isTTY && now - lastAt < quietMs) return
  lastAt = now
  process.stderr.write(`${step} …\n`)
}
