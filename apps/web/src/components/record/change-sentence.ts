import { fieldLabel, technicalFields } from '../../format/field-labels.ts'
import type { TimelineChange } from './timeline.tsx'

/** What somebody did, to be read after their name: «changed phone and city». */
export function sentenceOf(
  change: Pick<TimelineChange, 'action' | 'diff'>,
  noun: string,
  labelOf: (field: string) => string = fieldLabel,
): string {
  switch (change.action) {
    case 'created':
      return `created this ${noun}`
    case 'changed':
      return `changed ${fieldsOf(change.diff, labelOf) || 'this'}`
    case 'archived':
      return `archived this ${noun}`
    case 'unarchived':
      return `took this ${noun} out of the archive`
    case 'deleted':
      return `deleted this ${noun}`
    case 'restored':
      return `restored this ${noun}`
    case 'moved':
      if (Object.hasOwn(change.diff, 'booking')) return `moved this ${noun} in the queue of a resource`
      return Object.hasOwn(change.diff, 'stageId') ? 'moved it to another stage' : 'moved it on the board'
    case 'booked':
      return `booked a resource for this ${noun}`
    case 'released':
      return `released a resource of this ${noun}`
    case 'sent':
    case 'viewed':
    case 'accepted':
    case 'declined':
    case 'superseded':
    case 'signed':
    case 'completed':
    case 'voided':
    case 'issued':
    case 'converted':
    case 'withdrawn':
    case 'linked':
      return `${change.action} this ${noun}`
    case 'expired':
      return `let this ${noun} expire`
    case 'paid':
      return `recorded the payment of the rest of this ${noun}`
    case 'written_off':
      return `wrote this ${noun} off`
    case 'merged':
      return 'mergedInto' in change.diff
        ? `merged this ${noun} into another one`
        : `merged another ${noun} into this one`
    case 'undone':
      return undoneOf(change.diff, noun, labelOf)
  }
}

function undoneOf(diff: TimelineChange['diff'], noun: string, labelOf: (field: string) => string): string {
  if (diff.deletedAt !== undefined) {
    return diff.deletedAt.to == null ? `restored this ${noun}` : `took back the creation of this ${noun}`
  }
  if (diff.archivedAt !== undefined)
    return diff.archivedAt.to == null ? 'took back the archiving' : `archived this ${noun} again`
  return `took back a change of ${fieldsOf(diff, labelOf) || 'the board'}`
}

function fieldsOf(diff: TimelineChange['diff'], labelOf: (field: string) => string): string {
  const names = Object.keys(diff)
    .filter((field) => !technicalFields.has(field))
    .map((field) => labelOf(field).toLowerCase())
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more fields`] : names
  return new Intl.ListFormat('en').format(shown)
}
