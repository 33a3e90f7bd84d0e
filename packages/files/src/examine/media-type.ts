import { fileTypeFromBuffer } from 'file-type'
import { isUtf8 } from 'node:buffer'

/** What a file is by its first bytes. What its sender or its name say is not asked. */
export async function mediaTypeOf(head: Buffer): Promise<string> {
  const known = await fileTypeFromBuffer(head)
  if (known !== undefined) return known.mime
  return isText(head) ? 'text/plain' : 'application/octet-stream'
}

/** What would run on the machine of whoever opens it. Scripts are text, and nothing here shows a text as anything else. */
export function isProgram(mediaType: string): boolean {
  return programs.has(mediaType)
}

/** What `file-type` calls the formats of programs and of packages that install them. */
const programs = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/java-vm',
  'application/java-archive',
  'application/wasm',
  'application/x.ms.shortcut',
  'application/x.apple.alias',
  'application/x-ms-regedit',
  'application/x-deb',
  'application/x-rpm',
  'application/vnd.android.package-archive',
  'application/x-google-chrome-extension',
  'application/x-xpinstall',
])

/** The head may end inside of a character, which is up to four bytes long. */
function isText(head: Buffer): boolean {
  if (head.includes(0)) return false
  return [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut)))
}
