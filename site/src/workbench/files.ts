/** The texts of the editor and those of the learner's workstation, kept alike without one being lost for the other. */
import type { Input } from '../../../sandbox/scenario/session.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'

/** The API server takes requests of at most 3 MiB. */
const REQUEST_LIMIT = 3 * 1024 * 1024
/** Above this the full editor would be slow. */
export const PLAIN_ABOVE = 256 * 1024

const byteLength = (text: string): number => new TextEncoder().encode(text).length
const isTooBig = (text: string): boolean => text.length > REQUEST_LIMIT / 3 && byteLength(text) > REQUEST_LIMIT
export const sizeOf = (text: string): string => `${(byteLength(text) / 1024 / 1024).toFixed(1)} MiB`

/** What the editor shows of the home directory: no dot files, and nothing from elsewhere that a program had opened. */
export const visible = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !/^[./]/.test(path) && !path.includes('/.')))

/** A path as one word of a command line. */
export const inShell = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path}'`)

interface Means {
  state: Store<State>
  input(input: Input): Promise<unknown>
  /** What has been edited for a command that waits for it; null: it was given up. */
  answerEdit(request: number, text: string | null): void
  showTab(tab: 'editor' | 'terminal'): void
  /** What is said of a file that is too big to send. */
  tooBig(size: string): string
  save(): void
}

export interface Files {
  set(path: string, text: string): void
  remove(path: string): void
  rename(from: string, to: string): void
  show(path: string): void
  /** All of them at once. */
  replace(files: Record<string, string>, active?: string): void
  /** What the workstation has from now on; the editor's texts stay as they are. */
  has(files: Record<string, string>): void
  /** The workstation has written a file, or removed it. */
  written(path: string, text: string | null): void
  /** Brings the workstation's files to what the editor has. What is too big for it stays here. */
  flush(): Promise<void>
  /** Refuses, in a sentence, a file that the API server would not take. */
  refuses(path: string): boolean
  /** A command has opened a file and waits for what becomes of it. */
  open(request: number, path: string, text: string): void
  finish(keep: boolean): void
}

export function createFiles({ state, input, answerEdit, showTab, tooBig, save }: Means): Files {
  /** Texts as the workstation has them. */
  let synced: Record<string, string> = {}
  const sync = (path: string, text: string | null): void => {
    const { [path]: _, ...others } = synced
    synced = text === null ? others : { ...others, [path]: text }
  }
  const activeIn = (files: Record<string, string>, wanted: string | undefined): string | undefined =>
    wanted !== undefined && wanted in files ? wanted : Object.keys(files)[0]

  function replace(files: Record<string, string>, active = state.get().active): void {
    state.set({ files, active: activeIn(files, active), refusal: undefined })
    save()
  }

  return {
    replace,
    has(files) {
      synced = files
    },
    set(path, text) {
      if (state.get().files[path] === text) return
      replace({ ...state.get().files, [path]: text }, state.get().active ?? path)
    },
    remove(path) {
      const { [path]: _, ...rest } = state.get().files
      replace(rest)
    },
    rename(from, to) {
      const files = Object.entries(state.get().files).map(([path, text]) => [path === from ? to : path, text])
      replace(Object.fromEntries(files), to)
    },
    show: path => state.set({ active: path, refusal: undefined }),
    written(path, text) {
      const { [path]: had, ...rest } = state.get().files
      const unsaved = had !== undefined && had !== synced[path]
      sync(path, text)
      if (unsaved || path.startsWith('.') || path.includes('/.')) return
      const files = text === null ? rest : { ...state.get().files, [path]: text }
      state.set({ files, active: activeIn(files, state.get().active) })
      save()
    },
    async flush() {
      const { files, edit } = state.get()
      const gone = Object.keys(visible(synced)).filter(path => !(path in files))
      for (const [path, text] of [...Object.entries(files), ...gone.map(path => [path, null] as const)]) {
        if (path === edit?.path || synced[path] === (text ?? undefined)) continue
        if (text !== null && isTooBig(text)) continue
        sync(path, text)
        await input({ type: 'file', path, text })
      }
    },
    refuses(path) {
      const text = state.get().files[path] ?? ''
      const refusal = isTooBig(text) ? tooBig(sizeOf(text)) : undefined
      state.set({ refusal })
      return refusal !== undefined
    },
    open(request, path, text) {
      state.set({ files: { ...state.get().files, [path]: text }, active: path, edit: { request, path } })
      showTab('editor')
    },
    finish(keep) {
      const { edit, files } = state.get()
      if (!edit) return
      answerEdit(edit.request, keep ? (files[edit.path] ?? '') : null)
      const { [edit.path]: text, ...rest } = files
      const known = synced[edit.path]
      const back = known === undefined ? rest : { ...files, [edit.path]: keep ? (text ?? '') : known }
      const active = known === undefined ? Object.keys(rest)[0] : edit.path
      state.set({ edit: undefined, files: back, active })
      showTab('terminal')
    },
  }
}
