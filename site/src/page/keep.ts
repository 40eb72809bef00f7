/**
 * The browser's storage: one IndexedDB store of values under keys such as ['progress', lesson], for each course its own.
 * Where storage is forbidden or full every call still resolves, and `storageFailed` says so.
 */

import { type Progress, progressOf } from './progress.ts'

export { bothHinted, noProgress, type Progress, type Solved } from './progress.ts'

/** The frame around the page where an LMS shows it (lms/frame.ts): it keeps what the LMS has room for. */
export interface Keeper {
  /** Whose work it is, among those who use this browser. */
  readonly learner: string
  read(key: Key): unknown
  write(key: Key, value: unknown): void
}
const lms =
  document.documentElement.dataset.lms !== undefined ? (parent as { podlabKeeper?: Keeper }).podlabKeeper : undefined

/** Names what belongs to one course (and, in an LMS, to one learner) on a host that may have several. */
export const keptAs = (): string => {
  const { course, learner } = document.documentElement.dataset
  return ['podlab', course, lms?.learner ?? learner].filter(Boolean).join(':')
}

export type Key = readonly [kind: string, lesson: string]
/** The address, without its language, of the lesson whose workbench was opened last. */
export const LAST: Key = ['last', '']

let failed: string | undefined
const watchers = new Set<(reason: string) => void>()
/** Calls back when something could not be kept; at once if that has happened already. */
export function onStorageFailed(handler: (reason: string) => void): void {
  watchers.add(handler)
  if (failed !== undefined) handler(failed)
}
function fail(error: unknown): void {
  failed = error instanceof Error ? error.name : String(error)
  for (const watcher of watchers) watcher(failed)
}

let database: Promise<IDBDatabase> | undefined
const open = (): Promise<IDBDatabase> =>
  (database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(keptAs(), 1)
    request.onupgradeneeded = () => request.result.createObjectStore('kept')
    request.onsuccess = () => {
      // A later version of the site may need to change the store: let it.
      request.result.onversionchange = () => {
        request.result.close()
        database = undefined
      }
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  }))

async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  try {
    const transaction = (await open()).transaction('kept', mode)
    const request = work(transaction.objectStore('kept'))
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
    })
    return request?.result
  } catch (error) {
    // In an LMS not all is lost; its frame knows what is.
    if (!lms) fail(error)
    return undefined
  }
}

export const read = async <T>(key: Key): Promise<T | undefined> =>
  ((await within('readonly', store => store.get([...key]))) ?? lms?.read(key)) as T | undefined

/** Answers undefined if it could not be written. */
export const write = (key: Key, value: unknown): Promise<unknown> => {
  // At once: a page that is being left does not get to do anything later.
  lms?.write(key, value)
  return within('readwrite', store => {
    const request = store.put(value, [...key])
    // Nothing more will come: without this a page that is being left would have to stay for the database's answer.
    store.transaction.commit()
    return request
  })
}

export const remove = (key: Key): Promise<unknown> => {
  lms?.write(key, undefined)
  return within('readwrite', store => store.delete([...key]))
}

/** Reads, changes and writes in one transaction, so that two tabs cannot lose each other's change. */
export async function update<T>(key: Key, change: (old: T | undefined) => T): Promise<void> {
  let changed: { to: T } | undefined
  await within('readwrite', store => {
    const request = store.get([...key])
    request.onsuccess = () => {
      changed = { to: change((request.result ?? lms?.read(key)) as T | undefined) }
      store.put(changed.to, [...key])
    }
    return undefined
  })
  lms?.write(key, changed ? changed.to : change(lms.read(key) as T | undefined))
}

/** Every value of one kind, by lesson. */
export async function all<T>(kind: string): Promise<Map<string, T>> {
  const range = IDBKeyRange.bound([kind, ''], [kind, '\uffff'])
  const keys = await within('readonly', store => store.getAllKeys(range))
  const values = await within('readonly', store => store.getAll(range))
  return new Map((keys ?? []).map((key, i) => [(key as string[])[1] ?? '', values?.[i] as T]))
}

// --- Progress, looked through before it is used: one lesson's that is damaged must not take the others' marks along.

export const readProgress = async (lesson: string): Promise<Progress | undefined> =>
  progressOf(await read(['progress', lesson]))

export const updateProgress = (lesson: string, change: (old: Progress | undefined) => Progress): Promise<void> =>
  update<unknown>(['progress', lesson], old => change(progressOf(old)))

export async function allProgress(): Promise<Map<string, Progress>> {
  const sound = new Map<string, Progress>()
  for (const [lesson, value] of await all('progress')) {
    const progress = progressOf(value)
    if (progress) sound.set(lesson, progress)
  }
  return sound
}
