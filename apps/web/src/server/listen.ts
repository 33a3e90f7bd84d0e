import { TenantryError } from '@tenantry/errors'
import type { Server } from 'node:http'

/** Throws CONFIGURATION_INVALID with what to do when the port cannot be had. */
export function listen(server: Server, { port, host }: { port: number; host: string | undefined }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(refused(cause, port)))
    server.listen({ port, host }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function refused(cause: NodeJS.ErrnoException, port: number): TenantryError {
  return new TenantryError('CONFIGURATION_INVALID', { message: sentence(cause.code, port), cause })
}

function sentence(code: string | undefined, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is already in use. Stop the program that listens there, or set PORT to another one.`
    case 'EACCES':
      return `This user may not listen on port ${port}. Set PORT to one above 1024.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'HOST is no address of this machine. Leave it out, or set it to 127.0.0.1 or 0.0.0.0.'
    default:
      return `The server cannot listen on port ${port} (${code ?? 'unknown reason'}).`
  }
}
