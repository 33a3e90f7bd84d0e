import type { CustomFieldOption } from '@tenantry/contracts/custom-fields'

/** The key that a label suggests: «Größe (m²)» as `grosse_m2`. */
export function keyOf(label: string): string {
  const plain = label.normalize('NFKD').replaceAll('ß', 'ss').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '')
  return (/^[a-z]/.test(words) ? words : `f_${words}`).slice(0, 50).replace(/_+$/, '')
}

/**
 * Options as lines say them. One whose label stays keeps its key; a line in the place of one that is gone is taken for its
 * new label, so that the records that hold it follow.
 */
export function optionsFrom(lines: string, before: readonly CustomFieldOption[]): CustomFieldOption[] {
  const labels = lines.split('\n').flatMap((line) => line.trim() || [])
  const taken = new Set(before.flatMap(({ key, label }) => (labels.includes(label) ? [key] : [])))
  return labels.map((label, place) => {
    const same = before.find((option) => option.label === label)
    const old = before[place]
    if (same !== undefined) return same
    if (old !== undefined && !taken.has(old.key)) {
      taken.add(old.key)
      return { key: old.key, label }
    }
    let key = keyOf(label)
    for (let count = 2; taken.has(key) || before.some((option) => option.key === key); count++)
      key = `${keyOf(label).slice(0, 46)}_${count}`
    taken.add(key)
    return { key, label }
  })
}
