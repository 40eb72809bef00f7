/** Validation of what a browser has kept: it may be half of something, or of another version of the site. */
import { isNumber, isRaw, isText } from '../page/shapes.ts'
import type { Work } from './keeping.ts'
import { isInput, isRecord } from './share.ts'
import type { Kept, Unsaved } from './unsaved.ts'

const only = <T>(value: unknown, is: (item: unknown) => item is T): Record<string, T> =>
  Object.fromEntries(Object.entries(isRaw(value) ? value : {}).filter((entry): entry is [string, T] => is(entry[1])))

const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value)

/** What of it is work; a record that cannot be played is left out. */
export function soundWork(value: unknown): Kept | undefined {
  if (!isRaw(value)) return undefined
  const { files, active, record, stamp } = value
  return {
    files: only(files, isText),
    ...(isText(active) && { active }),
    ...(isRecord(record) && { record }),
    stamp: isText(stamp) ? stamp : '',
  }
}

const isTail = (value: unknown): value is Exclude<Unsaved['record'], undefined> =>
  isRaw(value) &&
  isNumber(value.behind) &&
  isNumber(value.end) &&
  Array.isArray(value.inputs) &&
  value.inputs.every(line => isRaw(line) && isNumber(line.at) && isInput(line.input))

export function soundRest(value: unknown): Unsaved | undefined {
  if (!isRaw(value) || !Array.isArray(value.after)) return undefined
  const { after, files, active, record } = value
  return {
    after: after.filter(isTextOrNull),
    files: only(files, isTextOrNull),
    ...(isText(active) && { active }),
    ...((isRecord(record) || isTail(record)) && { record }),
  }
}

/** Work that was put together: what was kept before holds where the record does not fit. */
export function soundJoined(work: Work | undefined, kept: Kept | undefined): Work | undefined {
  if (!work?.record || isRecord(work.record)) return work
  const { record: _, ...rest } = work
  return { ...rest, ...(kept?.record && { record: kept.record }) }
}
