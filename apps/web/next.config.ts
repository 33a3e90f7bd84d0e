import type { NextConfig } from 'next'
import { join } from 'node:path'
import { pagesFolder } from './src/env.ts'

const config: NextConfig = {
  distDir: pagesFolder(),
  poweredByHeader: false,
  // tsc checks types in `typecheck`; Next would do it a second time.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(import.meta.dirname, '..', '..') },
  transpilePackages: ['@tenantry/contracts', '@tenantry/errors'],
  images: { unoptimized: true },
  // Its badge would lie over the name of whoever is signed in.
  devIndicators: false,
}

export default config
