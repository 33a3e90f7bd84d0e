export type ParseValue = (text: string) => unknown

const toNumber: ParseValue = (text) => Number(text)
const toJson: ParseValue = (text) => JSON.parse(text)

/** By type oid. Whatever is not here stays text: instants, dates, numerics, bigints, uuids, arrays, ranges. */
export const valueParsers: Readonly<Record<number, ParseValue>> = {
  16: (text) => text === 't',
  17: (text) => Buffer.from(text.slice(2), 'hex'),
  21: toNumber,
  23: toNumber,
  26: toNumber,
  700: toNumber,
  701: toNumber,
  114: toJson,
  3802: toJson,
}
