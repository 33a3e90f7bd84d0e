import { blocksOf } from './documents.fixture.ts'

/** A call that a document makes with curl. */
export interface CurlCall {
  document: string
  url: URL
  headers: Record<string, string>
  /** The file that is sent; nothing is without it. */
  bodyFile?: string
}

/** Those of a document's blocks. Throws where a shell or curl would not do what is meant, and for options not known here. */
export function curlsInBlocks(document: string): CurlCall[] {
  const lines = blocksOf(document).flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
  return lines.filter((line) => /^curl\b/.test(line)).map((line) => curlOf(document, line))
}

function curlOf(document: string, line: string): CurlCall {
  const words = wordsOf(line).slice(1).values()
  const value = () => words.next().value ?? ''
  let [address, isGet, bodyFile]: [string, boolean, string | undefined] = ['', false, undefined]
  const headers: Record<string, string> = {}
  const data: [string, string][] = []
  for (const word of words) {
    if (word === '-G') isGet = true
    else if (word === '-H') {
      const [, name = '', text = ''] = /^([\w-]+): (.+)$/.exec(value()) ?? []
      headers[name.toLowerCase()] = text
    } else if (word === '--data-urlencode') {
      const [, name = '', text = ''] = /^([^=]+)=(.*)$/.exec(value()) ?? []
      data.push([name, text])
    } else if (word === '--data-binary') bodyFile = value().replace(/^@/, '')
    else if (word.startsWith('-') || address !== '') throw new Error(`${document}: «${word}» of «${line}» is not known`)
    else address = word
  }
  if (data.length > 0 && !isGet) throw new Error(`${document}: «${line}» sends as a form what belongs into the address`)
  const url = new URL(address)
  for (const [name, text] of data) url.searchParams.append(name, text)
  return { document, url, headers, ...(bodyFile !== undefined && { bodyFile }) }
}

/** As a shell splits a line. Throws for signs that mean something to it outside of quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, inDouble, inSingle, bare]) => {
    if (bare !== undefined && /[&;|<>?*$()[\]{}`"'\\]/.test(bare))
      throw new Error(`a shell does not read «${bare}» as it stands`)
    return inDouble ?? inSingle ?? bare ?? ''
  })
}
