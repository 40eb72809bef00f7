/** The editor pane of a session: files that it saves, files that change without it, files that a command wants edited. */
import type { EditRequest } from './session.ts'
import type { Workstation } from './workstation/workstation.ts'

export class Editor {
  readonly #workstation: () => Workstation
  /** Passes on what a request was answered. */
  readonly #edited: (request: number, text: string | null) => void
  readonly #files: ((path: string, text: string | null) => void)[] = []
  readonly #edits: ((request: EditRequest) => void)[] = []
  readonly #waiting = new Map<number, (text: string | null) => void>()
  readonly #saving = new Set<string>()
  #requests = 0

  constructor(workstation: () => Workstation, edited: (request: number, text: string | null) => void) {
    this.#workstation = workstation
    this.#edited = edited
  }

  onFile(handler: (path: string, text: string | null) => void): void {
    this.#files.push(handler)
  }

  onEdit(handler: (request: EditRequest) => void): void {
    this.#edits.push(handler)
  }

  save(path: string, text: string | null): void {
    this.#saving.add(path)
    this.#workstation().writeFile(path, text)
  }

  /** Only of changes from inside: what the editor has saved it knows. */
  tellOfFile(path: string): void {
    const own = this.#saving.delete(path)
    if (own || path.split('/').some(part => part.startsWith('.'))) return
    const { home } = this.#workstation()
    const stat = home.stat(path)
    if (stat && stat.type !== 'file') return
    const text = home.read(path) ?? null
    for (const handler of this.#files) handler(path, text)
  }

  /** A command waits until the file is saved and closed. */
  ask(path: string, text: string, done: (text: string | null) => void): void {
    const request = ++this.#requests
    this.#waiting.set(request, done)
    for (const handler of this.#edits)
      handler({ path, text, done: answer => this.#waiting.has(request) && this.#edited(request, answer) })
  }

  answer(request: number, text: string | null): void {
    const done = this.#waiting.get(request)
    this.#waiting.delete(request)
    done?.(text)
  }
}
