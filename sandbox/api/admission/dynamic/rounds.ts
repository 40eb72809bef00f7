/** The webhooks and policies that a request has been through, for reinvocation when another has changed its object. */
import type { AdmissionRequest } from '../admission.ts'

/** One sort of askers (webhooks, policies) in the rounds of one request. */
class Round {
  readonly #request: AdmissionRequest
  /** Those that want to see what others change after them. */
  readonly #again = new Set<string>()
  /** Of those, whom others have changed something after. */
  readonly #due = new Set<string>()
  /** The object as the last of them left it. */
  #left: string | undefined

  constructor(request: AdmissionRequest) {
    this.#request = request
  }

  begin(): void {
    if (this.#request.again && this.#left !== JSON.stringify(this.#request.object)) this.#allAgain()
  }

  /** Whether it is somebody's turn. Who was not asked the first time is not asked the second. */
  isTurnOf(id: string): boolean {
    return !this.#request.again || this.#due.has(id)
  }

  asked(id: string, { changed, policy }: { changed: boolean; policy: string | undefined }): void {
    if (changed) {
      this.#allAgain()
      this.#request.changedFromOutside = true
    }
    if (policy === 'IfNeeded') this.#again.add(id)
  }

  end(): void {
    this.#left = JSON.stringify(this.#request.object)
  }

  #allAgain(): void {
    for (const id of this.#again) this.#due.add(id)
    this.#again.clear()
  }
}

/** @returns what gives the round of a request, the same in both of its rounds */
export function rounds(): (request: AdmissionRequest) => Round {
  const known = new WeakMap<AdmissionRequest, Round>()
  return request => {
    const round = known.get(request) ?? new Round(request)
    known.set(request, round)
    return round
  }
}
