import { Semaphore } from './semaphore.ts'

export interface Preview {
  /** A WebP image without any of the original's metadata, such as where a picture was taken. */
  bytes: Buffer
  /** Of the original, as it is meant to be seen. */
  width: number
  height: number
}

/** A picture of a telephone has 12 to 50 million; more is what bombs are made of. */
const maxPixels = 64_000_000
/** The longer side of a preview. */
const previewPixels = 640

/** What is decoded at all. Vector images and documents can name other files, and nothing of them is drawn here. */
const drawn = new Map([
  ['image/jpeg', 'VipsForeignLoadJpegBuffer'],
  ['image/png', 'VipsForeignLoadPngBuffer'],
  ['image/webp', 'VipsForeignLoadWebpBuffer'],
  ['image/gif', 'VipsForeignLoadNsgifBuffer'],
])

export function canHavePreview(mediaType: string): boolean {
  return drawn.has(mediaType)
}

/** Decoding takes memory by the pixel, so few images are decoded at once, whatever the number of uploads. */
const turns = new Semaphore(2)

/** Loaded with the first image: the built command line, which stores few files, comes without the library. */
async function openLibrary() {
  const { default: sharp } = await import('sharp')
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: [...drawn.values()] })
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}
let library: ReturnType<typeof openLibrary> | undefined

/** An image drawn anew, smaller; undefined for one that is broken, too large, or takes too long. */
export async function drawPreview(bytes: Buffer): Promise<Preview | undefined> {
  return turns.run(async () => {
    try {
      const sharp = await (library ??= openLibrary())
      const image = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', pages: 1, sequentialRead: true })
      const { autoOrient } = await image.metadata()
      const { width, height } = autoOrient
      const drawing = image
        .autoOrient()
        .resize({ width: previewPixels, height: previewPixels, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 80 })
        .timeout({ seconds: 20 })
      return { bytes: await drawing.toBuffer(), width, height }
    } catch {
      // The library says what it does not like about the image, which is the sender's; without a preview it is a download.
      return undefined
    }
  })
}
