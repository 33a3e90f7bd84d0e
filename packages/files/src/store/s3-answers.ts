/**
 * The XML in which S3 answers is flat and has no attributes that matter here; names of ours have no character that XML
 * would write in another way, and names of others are left alone.
 */
export function elementsIn(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inner = '']) => inner)
}

/** Empty when there is no such element. */
export function textIn(xml: string, name: string): string {
  const text = elementsIn(xml, name)[0] ?? ''
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
