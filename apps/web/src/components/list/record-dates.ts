import { formatDay } from '../../format/dates.ts'

/** Instants, as the API writes them. */
interface Dated {
  createdAt: string
  updatedAt: string
}

/** The last two columns of every list of records: when one was made, and when it was changed. */
export function recordDates({ locale, timeZone }: { locale: string; timeZone: string | undefined }) {
  const width = 'w-32'
  return [
    {
      key: 'createdAt',
      title: 'Created',
      sort: 'createdAt',
      width,
      cell: (row: Dated) => formatDay(row.createdAt, locale, timeZone),
    },
    {
      key: 'updatedAt',
      title: 'Changed',
      sort: 'updatedAt',
      width,
      cell: (row: Dated) => formatDay(row.updatedAt, locale, timeZone),
    },
  ] as const
}
