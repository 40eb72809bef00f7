/** Files that programs of the workstation wait for, as `kubectl edit` does, until the page has edited them. */
import type { EditRequest } from '../../../sandbox/scenario/session.ts'
import type { FromWorker } from './rpc.ts'

export class PendingEdits {
  #count = 0
  readonly #waiting = new Map<number, EditRequest>()

  /** @returns the number by which the page answers */
  add(edit: EditRequest): number {
    const request = ++this.#count
    this.#waiting.set(request, edit)
    return request
  }

  /** In the order in which they came. */
  numbers(): number[] {
    return [...this.#waiting.keys()]
  }

  /** What asks the page for it; undefined when nobody waits any more. */
  question(request: number): FromWorker | undefined {
    const edit = this.#waiting.get(request)
    return edit && { type: 'edit', request, path: edit.path, text: edit.text }
  }

  /** @param text null when the learner has cancelled */
  answer(request: number, text: string | null): void {
    const edit = this.#waiting.get(request)
    this.forget(request)
    edit?.done(text)
  }

  /** The program goes on by itself. */
  forget(request: number): void {
    this.#waiting.delete(request)
  }

  /** Another session has begun, which counts anew. */
  clear(): void {
    this.#count = 0
    this.#waiting.clear()
  }
}
