import { join } from 'node:path'
import { checkoutRoot } from '../shell.ts'
import { bundleCli } from './bundle-cli.ts'

/** `pnpm build` of the command line. */
console.log(await bundleCli(join(checkoutRoot, 'apps/cli/dist')))
