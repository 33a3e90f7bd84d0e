import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Settings } from './s3-bucket.ts'

/**
 * As much of S3 as a store of files asks for, in memory. It works out the signature of each request by itself (AWS
 * Signature Version 4, with node:crypto) and hashes what it was sent: what is not signed with the secret is refused.
 */
export async function startS3Server() {
  const settings = { region: 'eu-test-1', bucket: 'tenantry-files', accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' }
  const objects = new Map<string, { bytes: Buffer; at: Date }>()
  const uploads = new Map<string, { name: string; at: Date; parts: Map<number, Buffer> }>()
  const seen = { refused: 0, failures: 0, requests: 0 }
  /** How many of the next requests are answered 500. */
  const faults = { next: 0 }

  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      seen.requests += 1
      const url = new URL(request.url ?? '/', 'http://s3')
      const answer = (status: number, text: string | Buffer = '', headers: Record<string, string> = {}) =>
        response.writeHead(status, headers).end(text)
      if (!isSigned(request, url, body)) {
        seen.refused += 1
        return answer(403, '<Error><Code>SignatureDoesNotMatch</Code></Error>')
      }
      if (faults.next > 0) {
        faults.next -= 1
        seen.failures += 1
        return answer(500, '<Error><Code>InternalError</Code></Error>')
      }
      const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/')
      const name = rest.join('/')
      const asked = url.searchParams
      if (bucket !== settings.bucket) return answer(404, '<Error><Code>NoSuchBucket</Code></Error>')
      if (name === '') return answer(200, asked.has('uploads') ? listedUploads(asked) : listed(asked))
      const upload = uploads.get(asked.get('uploadId') ?? '')
      if (asked.has('uploadId') && upload?.name !== name) return answer(404, '<Error><Code>NoSuchUpload</Code></Error>')
      switch (request.method) {
        case 'PUT':
          if (upload) upload.parts.set(Number(asked.get('partNumber')), body)
          else objects.set(name, { bytes: body, at: new Date() })
          return answer(200, '', { etag: `"${createHash('md5').update(body).digest('hex')}"` })
        case 'POST': {
          if (!upload) {
            const id = randomUUID()
            uploads.set(id, { name, at: new Date(), parts: new Map() })
            return answer(
              200,
              `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
            )
          }
          const parts = [...upload.parts].toSorted(([a], [b]) => a - b).map(([, bytes]) => bytes)
          // The real one takes no part but the last that is smaller than 5 MiB.
          if (parts.slice(0, -1).some((part) => part.length < 5 * 1024 * 1024)) return answer(400, '<Error/>')
          objects.set(name, { bytes: Buffer.concat(parts), at: new Date() })
          uploads.delete(asked.get('uploadId') ?? '')
          return answer(200, '<CompleteMultipartUploadResult/>')
        }
        case 'DELETE':
          if (upload) uploads.delete(asked.get('uploadId') ?? '')
          else objects.delete(name)
          return answer(204)
        default: {
          const found = objects.get(name)
          if (!found) return answer(404, '<Error><Code>NoSuchKey</Code></Error>')
          const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
          if (first === undefined || last === undefined) return answer(200, found.bytes)
          const part = found.bytes.subarray(Number(first), Number(last) + 1)
          return answer(206, part, { 'content-range': `bytes ${first}-${last}/${found.bytes.length}` })
        }
      }
    })
  })

  function listed(asked: URLSearchParams): string {
    const prefix = asked.get('prefix') ?? ''
    const names = [...objects.keys()].filter((name) => name.startsWith(prefix)).toSorted()
    if (asked.has('delimiter')) {
      const groups = new Set(names.map((name) => `${prefix}${name.slice(prefix.length).split('/', 1)[0]}/`))
      const text = [...groups].map((group) => `<CommonPrefixes><Prefix>${group}</Prefix></CommonPrefixes>`)
      return `<ListBucketResult><IsTruncated>false</IsTruncated>${text.join('')}</ListBucketResult>`
    }
    // Two to a page, so that whoever reads only the first page is found out.
    const after = names.filter((name) => name > (asked.get('continuation-token') ?? ''))
    const page = after.slice(0, 2).map((name) => {
      const { bytes, at } = objects.get(name) ?? { bytes: Buffer.alloc(0), at: new Date() }
      return `<Contents><Key>${name}</Key><LastModified>${at.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`
    })
    const more = after.length > 2
    const next = more ? `<NextContinuationToken>${after[1]}</NextContinuationToken>` : ''
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${page.join('')}</ListBucketResult>`
  }

  function listedUploads(asked: URLSearchParams): string {
    const found = [...uploads].filter(([, { name }]) => name.startsWith(asked.get('prefix') ?? ''))
    const text = found.map(
      ([id, { name, at }]) =>
        `<Upload><Key>${name}</Key><UploadId>${id}</UploadId><Initiated>${at.toISOString()}</Initiated></Upload>`,
    )
    return `<ListMultipartUploadsResult>${text.join('')}</ListMultipartUploadsResult>`
  }

  function isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
    const { authorization = '' } = request.headers
    const [, credential = '', signed = '', signature = ''] =
      /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(authorization) ??
      []
    const [accessKeyId, day = '', region = '', service = ''] = credential.split('/')
    if (accessKeyId !== settings.accessKeyId || region !== settings.region || service !== 's3') return false
    const header = (name: string) => String(request.headers[name] ?? '').trim()
    const payload = header('x-amz-content-sha256')
    // The body has to be what was signed, where its hash was signed at all.
    if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return false
    const query = [...url.searchParams]
      .map(([key, value]) => `${encode(key)}=${encode(value)}`)
      .toSorted()
      .join('&')
    const names = signed.split(';')
    const canonical = [
      request.method,
      url.pathname,
      query,
      ...names.map((name) => `${name}:${header(name)}`),
      '',
      signed,
      payload,
    ].join('\n')
    const scope = `${day}/${region}/s3/aws4_request`
    const toSign = ['AWS4-HMAC-SHA256', header('x-amz-date'), scope, sha256(canonical)].join('\n')
    const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      `AWS4${settings.secretAccessKey}`,
    )
    return names.includes('host') && createHmac('sha256', key).update(toSign).digest('hex') === signature
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve())))
  return { settings: { ...settings, endpoint } satisfies S3Settings, objects, uploads, seen, faults, close }
}

export type S3Server = Awaited<ReturnType<typeof startS3Server>>

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function sha256(value: Buffer | string): string {
  return createHash('sha256').update(value).digest('hex')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
