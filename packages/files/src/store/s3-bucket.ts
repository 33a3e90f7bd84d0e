import { TenantryError } from '@tenantry/errors'
import { AwsClient } from 'aws4fetch'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ByteRange } from './store.ts'
import { elementsIn, textIn } from './s3-answers.ts'

export interface S3Settings {
  /** Such as `https://s3.eu-central-1.amazonaws.com`; the bucket is named in the path. */
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

interface BucketObject {
  name: string
  byteSize: number
  modifiedAt: Date
}

/** The few requests that a store of files makes, each signed. Throws FILE_STORE_UNAVAILABLE for what the server refuses. */
export class S3Bucket {
  readonly #client: AwsClient
  readonly #address: string

  constructor({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Settings) {
    // Retries are ours: the library's own wait up to a minute and send a stream that is used up.
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })
    this.#address = `${endpoint.replace(/\/$/, '')}/${encodeURIComponent(bucket)}`
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    await this.#read('PUT', name, { body: bytes })
  }

  async get(
    name: string,
    range?: ByteRange,
  ): Promise<{ byteSize: number; body: AsyncIterable<Uint8Array> } | undefined> {
    const headers: Record<string, string> = range === undefined ? {} : { range: `bytes=${range.first}-${range.last}` }
    const answer = await this.#ask('GET', name, { headers })
    if (answer.status === 404) {
      await answer.body?.cancel()
      return undefined
    }
    const whole =
      /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? answer.headers.get('content-length')
    return { byteSize: Number(whole), body: bytesOf(answer) }
  }

  async remove(name: string): Promise<void> {
    await this.#read('DELETE', name)
  }

  /** What lies one level below the prefix, without the prefix. */
  async *folders(prefix: string): AsyncIterable<string> {
    for await (const page of this.#pages({ prefix, delimiter: '/' })) {
      for (const group of elementsIn(page, 'CommonPrefixes')) {
        yield textIn(group, 'Prefix').slice(prefix.length).replace(/\/$/, '')
      }
    }
  }

  async *list(prefix: string): AsyncIterable<BucketObject> {
    for await (const page of this.#pages({ prefix })) {
      for (const entry of elementsIn(page, 'Contents')) {
        yield {
          name: textIn(entry, 'Key'),
          byteSize: Number(textIn(entry, 'Size')),
          modifiedAt: new Date(textIn(entry, 'LastModified')),
        }
      }
    }
  }

  async beginUpload(name: string) {
    const answer = await this.#read('POST', name, { query: { uploads: '' } })
    return this.#upload(name, textIn(answer, 'UploadId'))
  }

  /** Uploads in parts that nobody has ended: the server keeps their parts, and they are in no list of objects. */
  async *uploads(prefix: string) {
    const page = await this.#read('GET', '', { query: { uploads: '', prefix } })
    for (const entry of elementsIn(page, 'Upload')) {
      const name = textIn(entry, 'Key')
      yield { name, begunAt: new Date(textIn(entry, 'Initiated')), ...this.#upload(name, textIn(entry, 'UploadId')) }
    }
  }

  #upload(name: string, uploadId: string) {
    return {
      putPart: async (partNumber: number, body: Buffer): Promise<string> => {
        const answer = await this.#ask('PUT', name, { query: { partNumber: String(partNumber), uploadId }, body })
        await answer.arrayBuffer()
        return answer.headers.get('etag') ?? ''
      },
      complete: async (tags: readonly string[]): Promise<void> => {
        const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`)
        const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`)
        const answer = await this.#read('POST', name, { query: { uploadId }, body })
        // A server may say 200 first and in the body that it has failed.
        if (/<Error>/.test(answer)) throw unavailable('the upload could not be completed')
      },
      abort: async (): Promise<void> => {
        await this.#read('DELETE', name, { query: { uploadId } })
      },
    }
  }

  async *#pages(asked: Record<string, string>): AsyncIterable<string> {
    let continuation: string | undefined
    do {
      const query = { 'list-type': '2', ...asked, ...(continuation && { 'continuation-token': continuation }) }
      const page = await this.#read('GET', '', { query })
      yield page
      continuation = textIn(page, 'IsTruncated') === 'true' ? textIn(page, 'NextContinuationToken') : undefined
    } while (continuation)
  }

  async #read(method: string, name: string, request?: S3Request): Promise<string> {
    const answer = await this.#ask(method, name, request)
    return await answer.text()
  }

  /** Asked again after what may pass; every request of ours can be repeated without harm. */
  async #ask(method: string, name: string, { query = {}, headers = {}, body }: S3Request = {}): Promise<Response> {
    const url = new URL(`${this.#address}/${name}`)
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#send(url, { method, headers, ...(body && { body: Uint8Array.from(body) }) })
      if (answer instanceof Response && (answer.ok || (answer.status === 404 && method !== 'PUT'))) return answer
      const mayPass = !(answer instanceof Response) || answer.status >= 500 || answer.status === 429
      if (!mayPass || attempt === attempts) {
        throw unavailable(answer instanceof Response ? `status ${answer.status}` : 'no answer', answer)
      }
      if (answer instanceof Response) await answer.body?.cancel()
      await sleep(100 * 2 ** attempt)
    }
  }

  async #send(url: URL, request: RequestInit): Promise<unknown> {
    const deadline = new AbortController()
    // Until the answer begins; a file may be read for as long as whoever reads it takes.
    const timer = setTimeout(() => deadline.abort(), answerMs)
    try {
      return await this.#client.fetch(url, { ...request, signal: deadline.signal })
    } catch (error) {
      return error
    } finally {
      clearTimeout(timer)
    }
  }
}

interface S3Request {
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Buffer
}

const attempts = 3
/** A part of 8 MiB takes a minute at 1 Mbit/s. */
const answerMs = 120_000

async function* bytesOf(answer: Response): AsyncIterable<Uint8Array> {
  // A body of fetch can be iterated in Node; the types of the browser do not say so.
  if (answer.body) yield* answer.body as unknown as AsyncIterable<Uint8Array>
}

/** The server's own words may repeat names and keys, so none of them is kept. */
function unavailable(reason: string, cause?: unknown): TenantryError {
  const known = cause instanceof Response ? undefined : cause
  return new TenantryError('FILE_STORE_UNAVAILABLE', {
    detail: { reason },
    ...(known !== undefined && { cause: known }),
  })
}
