/** The name of a file among those of one tenant: `attachments/<uuid>`. */
export type FileKey = string & { readonly brand: 'FileKey' }

export const fileFolders = ['attachments', 'previews'] as const
export type FileFolder = (typeof fileFolders)[number]

/** Throws a TypeError for an id that is no UUID in lower case. */
export function fileKey(folder: FileFolder, id: string): FileKey {
  const key = asFileKey(`${folder}/${id}`)
  if (key === undefined) throw new TypeError('a file is named by a UUID')
  return key
}

/**
 * A key as a row of a database has it; undefined for a text that is none of ours. There is no dot, no slash more and no
 * character that a path, an address or a signature would read in another way.
 */
export function asFileKey(text: string): FileKey | undefined {
  // The pattern is what makes a text a key.
  return pattern.test(text) ? (text as FileKey) : undefined
}

/** The preview that belongs to a file. */
export function previewKey(key: FileKey): FileKey {
  return fileKey('previews', key.slice(key.indexOf('/') + 1))
}

/** The folder of a tenant, by its id. Throws a TypeError. */
export function ownerFolder(owner: string): string {
  if (!isOwner(owner)) throw new TypeError('files belong to a tenant, who is named by a UUID')
  return owner
}

export function isOwner(text: string): boolean {
  return new RegExp(`^${uuid}$`).test(text)
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const pattern = new RegExp(`^(${fileFolders.join('|')})/${uuid}$`)
