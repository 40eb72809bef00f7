/**
 * Changes that were not stored yet when the page was left. The database may not finish by then, so the little that is
 * left goes into the store that takes it at once; the next visit merges it with what was stored.
 */
import type { Work } from './keeping.ts'

/** Work as it is kept; the stamp tells one version from all others. */
export interface Kept extends Work {
  stamp: string
}

type RecordOf = NonNullable<Work['record']>

export interface Unsaved {
  /** The stamps of what it may go on from: what was kept, or was being written just then. Null: nothing was kept. */
  after: (string | null)[]
  /** Files that are new or different; null: gone. */
  files: Record<string, string | null>
  active?: string
  /** A record, or what came behind so many of its inputs. */
  record?: RecordOf | { behind: number; inputs: RecordOf['inputs']; end: number }
}

/** Inputs are frozen and shared, so the same one at the end means the same ones before it. */
function recordSince(kept: RecordOf | undefined, now: RecordOf): NonNullable<Unsaved['record']> {
  const behind = kept?.inputs.length ?? 0
  const goesOn = behind > 0 && kept?.inputs[behind - 1] === now.inputs[behind - 1]
  return goesOn ? { behind, inputs: now.inputs.slice(behind), end: now.end } : now
}

/**
 * Undefined when all has been kept; that time has gone on since is no loss.
 * @param writing stamps of versions that are being written
 */
export function unsaved(kept: Kept | undefined, now: Work, writing: Iterable<string> = []): Unsaved | undefined {
  const files: Unsaved['files'] = {}
  for (const [path, text] of Object.entries(now.files)) if (kept?.files[path] !== text) files[path] = text
  for (const path of Object.keys(kept?.files ?? {})) if (!(path in now.files)) files[path] = null
  const record = now.record && recordSince(kept?.record, now.record)
  const same =
    Object.keys(files).length === 0 &&
    kept?.active === now.active &&
    (record === undefined || ('behind' in record && record.inputs.length === 0))
  if (kept && same) return undefined
  return {
    after: [kept?.stamp ?? null, ...writing],
    files,
    ...(now.active !== undefined && { active: now.active }),
    ...(record && { record }),
  }
}

/** The work as it was left; undefined when something else has been kept since. */
export function joined(kept: Kept | undefined, rest: Unsaved): Work | undefined {
  if (!rest.after.includes(kept?.stamp ?? null)) return undefined
  const files = { ...kept?.files }
  for (const [path, text] of Object.entries(rest.files)) {
    if (text === null) delete files[path]
    else files[path] = text
  }
  let record = kept?.record
  if (rest.record && !('behind' in rest.record)) record = rest.record
  else if (rest.record && kept?.record) {
    const { behind, inputs, end } = rest.record
    record = { ...kept.record, inputs: [...kept.record.inputs.slice(0, behind), ...inputs], end }
  }
  return { files, ...(rest.active !== undefined && { active: rest.active }), ...(record && { record }) }
}

/** Where it lies. Storage may be forbidden or full: then there is only the database. */
export interface Shelf {
  put(rest: Unsaved): void
  look(): Unsaved | undefined
  /** What this page has put there or found there is kept now. */
  clear(): void
}

/** @param as tells courses on one host apart */
export function createShelf(lesson: string, as = 'podlab'): Shelf {
  const key = `${as}.unsaved:${lesson}`
  /** What another tab has put there is not ours to take away. */
  let ours: string | undefined
  const carefully = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch {
      return undefined
    }
  }
  return {
    put(rest) {
      const text = JSON.stringify(rest)
      carefully(() => {
        localStorage.setItem(key, text)
        ours = text
      })
    },
    look: () =>
      carefully(() => {
        const text = localStorage.getItem(key)
        if (text === null) return undefined
        ours = text
        return JSON.parse(text) as Unsaved
      }),
    clear() {
      if (ours === undefined) return
      carefully(() => {
        if (localStorage.getItem(key) === ours) localStorage.removeItem(key)
      })
      ours = undefined
    },
  }
}
