/**
 * The same promise, which does not end the process when it fails and nobody looks. A statement that was not awaited is
 * reported by its transaction; the linter finds the rest.
 */
export function forgiving<T>(promise: Promise<T>): Promise<T> {
  promise.catch(ignore)
  return promise
}

function ignore(): void {
  // Whoever awaits the promise learns of the failure.
}
