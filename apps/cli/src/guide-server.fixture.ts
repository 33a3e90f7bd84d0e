import { openRuntime } from '@tenantry/api/runtime'
import { openFolderStore } from '@tenantry/files/folder-store'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CurlCall } from './curl.fixture.ts'

/** What programs reach of the web application, on the databases of an operator. */
export async function openGuideServer(env: {
  APP_DATABASE_URL: string
  TENANTRY_KEYS: string
  FILES_FOLDER: string
  APP_ORIGIN: string
}) {
  const runtime = openRuntime({
    appDatabaseUrl: env.APP_DATABASE_URL,
    keys: env.TENANTRY_KEYS,
    sessionSecret: 'a secret of a session that nobody has',
    origin: env.APP_ORIGIN,
    trustedProxyHops: 0,
    logLevel: 'silent',
    files: openFolderStore(env.FILES_FOLDER),
  })
  const server = createServer(
    (request, response) =>
      void (request.url?.startsWith('/api/v1/')
        ? runtime.handleRest(request, response)
        : runtime.handleFiles(request, response)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    /** Makes a call here instead of where the document makes it, with a key and files in the places of its own. */
    async send({ url, headers, bodyFile }: CurlCall, { key, files }: { key: string; files: Record<string, string> }) {
      const { authorization = '', ...others } = headers
      const body = bodyFile === undefined ? {} : { method: 'POST', body: files[bodyFile] ?? '' }
      const response = await fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
        headers: { ...others, authorization: authorization.replace('tenantry_…', key) },
        ...body,
      })
      return { status: response.status, text: await response.text() }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await runtime.close()
    },
  }
}
