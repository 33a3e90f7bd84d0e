import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Made once, kept in `.tenantry/secrets.json` (0600). The demo's, never anybody's production secrets. */
export const DemoSecrets = z.object({
  /** Keyring, newest first. */
  keys: z.string(),
  sessionSecret: z.string(),
  /** Password of the application's role in the application database. */
  appPassword: z.string(),
})
export type DemoSecrets = z.infer<typeof DemoSecrets>

/** Where the pieces listened last; kept, so that bookmarks and stored addresses stay right. */
export const DemoPorts = z.object({ app: z.int(), north: z.int(), south: z.int() })
export type DemoPorts = z.infer<typeof DemoPorts>

/** Written while the demo runs. */
export const RunningDemo = z.object({ pid: z.int(), url: z.string() })
export type RunningDemo = z.infer<typeof RunningDemo>

/** Servers' data, secrets, what is running: `.tenantry/` in the checkout. Only its owner may read it. */
export class DemoFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  make(): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 })
  }

  /** Administrators' logins of the demo's servers, as `TENANTRY_SERVERS_FILE` would name them. */
  get serversFile(): string {
    return join(this.path, 'servers.json')
  }

  /** The mails of the demo, one file each. */
  get mailFolder(): string {
    return resolve(this.path, 'mailbox')
  }

  /** What people of the demo upload. */
  get filesFolder(): string {
    return resolve(this.path, 'files')
  }

  /** What the payment provider of the demo was asked for. */
  get testPaymentsFolder(): string {
    return resolve(this.path, 'test-payments')
  }

  serverFolder(name: keyof DemoPorts): string {
    return join(this.path, 'servers', name)
  }

  /** Everything that `--reset` starts over. */
  clear(): void {
    rmSync(this.path, { recursive: true, force: true })
  }

  readonly secrets = this.#kept('secrets.json', DemoSecrets)
  readonly ports = this.#kept('ports.json', DemoPorts)
  readonly running = this.#kept('running.json', RunningDemo)

  #kept<T>(name: string, schema: z.ZodType<T>) {
    const file = () => join(this.path, name)
    return {
      read: (): T | undefined => {
        if (!existsSync(file())) return undefined
        const parsed = schema.safeParse(parseJson(readFileSync(file(), 'utf8')))
        return parsed.success ? parsed.data : undefined
      },
      /** Whole or not at all, even when the machine stops in the middle. */
      write: (value: T): void => {
        this.make()
        writeFileSync(`${file()}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
        renameSync(`${file()}.new`, file())
      },
      remove: (): void => rmSync(file(), { force: true }),
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
