import type { BuildOptions } from 'esbuild'

/** TypeScript of this project as modules that plain Node runs. */
export const nodeBundle = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  loader: { '.node': 'copy' },
  // Libraries written for CommonJS ask for `require`; there is none in a module.
  banner: {
    js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`,
  },
  logLevel: 'error',
} satisfies BuildOptions
