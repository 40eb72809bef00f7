/**
 * The control plane as it stops and restarts: the API server, and what depends on it.
 * Controllers and scheduler lose their leases when it goes, so they begin anew with it; kubelets wait for it.
 */
import type { Clock, Timer } from '../clock/clock.ts'
import type { Availability } from '../http/availability.ts'

/** From the end of the API server's process until its successor answers, as a static Pod is restarted. */
const RESTART_MS = 10_000

export interface ControlPlaneOptions {
  clock: Clock
  availability: Availability
  /** Starts what depends on the API server. @param times how often it has been started before. @returns how to stop it */
  start(times: number): () => void
  /** The nodes' links to the API server. */
  kubelets: ReadonlyMap<string, { setConnected(connected: boolean): void }>
}

export class ControlPlane {
  readonly #options: ControlPlaneOptions
  /** Nodes whose own link is cut. */
  readonly #cut = new Set<string>()
  #stop: (() => void) | undefined
  #starts = 0
  #restarting: Timer | undefined

  constructor(options: ControlPlaneOptions) {
    this.#options = options
    this.#stop = options.start(this.#starts++)
  }

  get up(): boolean {
    return this.#options.availability.up
  }

  stop(): void {
    this.#options.clock.cancel(this.#restarting)
    if (!this.up) return
    this.#options.availability.set(false)
    this.#stop?.()
    for (const kubelet of this.#options.kubelets.values()) kubelet.setConnected(false)
  }

  start(): void {
    this.#options.clock.cancel(this.#restarting)
    if (this.up) return
    this.#options.availability.set(true)
    this.#stop = this.#options.start(this.#starts++)
    for (const [name, kubelet] of this.#options.kubelets) if (!this.#cut.has(name)) kubelet.setConnected(true)
  }

  restart(): void {
    this.stop()
    this.#restarting = this.#options.clock.after(RESTART_MS, () => this.start())
  }

  /** Cuts the link between a node and the API server, or joins it again. */
  setLinked(node: string, linked: boolean): void {
    if (linked) this.#cut.delete(node)
    else this.#cut.add(node)
    this.#options.kubelets.get(node)?.setConnected(linked && this.up)
  }
}
