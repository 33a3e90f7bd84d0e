/** A condition that was selected: in the text of the wire, or read already. */
export function truth(value: unknown): boolean {
  return value === true || value === 't'
}
