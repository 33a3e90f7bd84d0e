import { patiently, Refused } from '../refused.ts'

/** Somebody with a browser: keeps cookies and sends the headers that tell where a call comes from. */
export class Visitor {
  readonly #origin: string
  readonly #cookies = new Map<string, string>()

  constructor(origin: string) {
    this.#origin = origin
  }

  /** Whom a link of an invitation lets choose a password. */
  async acceptInvitation(link: string, password: string): Promise<void> {
    const token = new URL(link).hash.slice(1)
    await this.#json('PUT', '/api/invitation', { token, password })
  }

  async signIn(email: string, password: string): Promise<void> {
    const { csrfToken } = (await this.#json('GET', '/api/auth/csrf')) as { csrfToken: string }
    await this.#send('POST', '/api/auth/callback/credentials', {
      'content-type': 'application/x-www-form-urlencoded',
      body: new URLSearchParams({ email, password, csrfToken, json: 'true' }).toString(),
    })
    if (![...this.#cookies.keys()].some((name) => name.endsWith('session-token'))) throw new Error(`${email} is not in`)
  }

  /** A procedure that reads. */
  async query<Data>(path: string, input?: object): Promise<Data> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    return dataOf<Data>(await this.#json('GET', `/api/trpc/${path}${search}`))
  }

  /** A procedure that writes. */
  async mutate<Data>(path: string, input: object): Promise<Data> {
    return dataOf<Data>(await this.#json('POST', `/api/trpc/${path}`, input))
  }

  async json<Data>(path: string): Promise<Data> {
    return (await this.#json('GET', path)) as Data
  }

  /** Sends a file as it is. */
  async upload<Data>(path: string, bytes: Uint8Array): Promise<Data> {
    const sent = { body: Buffer.from(bytes), 'content-type': 'application/octet-stream' }
    return dataOf<Data>(await (await this.#send('POST', path, sent)).json())
  }

  /** A file as it comes. */
  async download(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.#send('GET', path, {})).arrayBuffer())
  }

  /** The words of a page. */
  async page(path: string): Promise<string> {
    return (await this.#send('GET', path, {})).text()
  }

  async #json(method: string, path: string, input?: object): Promise<unknown> {
    const body = input === undefined ? {} : { 'content-type': 'application/json', body: JSON.stringify(input) }
    return (await this.#send(method, path, body)).json()
  }

  #send(method: string, path: string, given: { body?: string | Buffer<ArrayBuffer>; 'content-type'?: string }) {
    return patiently(() => this.#sendOnce(method, path, given))
  }

  async #sendOnce(
    method: string,
    path: string,
    { body, ...headers }: { body?: string | Buffer<ArrayBuffer>; 'content-type'?: string },
  ) {
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        ...headers,
        origin: this.#origin,
        'sec-fetch-site': 'same-origin',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      redirect: 'manual',
      ...(body !== undefined && { body }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      this.#cookies.set(name, value)
    }
    if (response.status >= 400) throw new Refused(`${method} ${path}`, response, await response.text())
    return response
  }
}

/** The handler answers with what the procedure returned. */
function dataOf<Data>(answer: unknown): Data {
  return (answer as { result: { data: Data } }).result.data
}
