import { defineConfig } from '@playwright/test'

/** Debian's Chromium; another one by CHROMIUM_PATH. As root and in containers it runs only without its sandbox. */
const launchOptions = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
}

/** Browser tests against the demo with built pages: `pnpm build`, then `pnpm e2e`. */
export default defineConfig({
  testDir: './e2e',
  testMatch: '*.e2e.ts',
  globalSetup: './e2e/global-setup.ts',
  outputDir: './test-results',
  // One demo serves all tests; each test works with records of its own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // They find what hangs; a busy machine is slow ten times over.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.TENANTRY_E2E_ORIGIN,
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    // A film of every test took a fifth of the processor; a trace shows each step without one.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions,
  },
  projects: [
    { name: 'tests', testIgnore: 'screenshots.e2e.ts' },
    { name: 'screenshots', testMatch: 'screenshots.e2e.ts' },
  ],
})
