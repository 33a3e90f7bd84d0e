import { expect, test as base } from '@playwright/test'

export { expect } from '@playwright/test'

/** Every page is watched: a script that was blocked, a fault in one, or markup that differs from the server's fails the test. */
export const test = base.extend<{ watched: void }>({
  watched: [
    async ({ context }, use) => {
      const faults: string[] = []
      context.on('weberror', (error) => faults.push(error.error().message))
      context.on('console', (line) => {
        // Answers like 401 and 503 are part of some tests; the browser reports them by itself.
        if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) faults.push(line.text())
      })
      await use()
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
})
