/**
 * Real Node in the tab: boots a WebContainer, mounts what the site ships for it, and starts the process that holds the
 * cluster. At most one at a time; whatever goes wrong comes back as a reason, in at most twelve seconds.
 */
import type { FileSystemTree, WebContainer } from '@webcontainer/api'
import type { WorkerLike } from '../engine.ts'
import { type Refusal, reasonOf, type Surroundings, whyNot } from './reasons.ts'
import { RemoteWorker } from './remote-worker.ts'

/** What is used of a WebContainer. */
export type Container = Pick<WebContainer, 'mount' | 'on' | 'path' | 'spawn' | 'teardown' | 'workdir'>

export interface Means {
  surroundings(): Surroundings
  /** Asks the service. May never settle. */
  boot(): Promise<Container>
  /** What the site ships for it, as a tree of files. */
  files(): Promise<FileSystemTree>
  /** Takes the one place there is for all tabs; undefined when another has it. Returns how to give it back. */
  claim(): Promise<(() => void) | undefined>
  after(ms: number, work: () => void): () => void
}

export interface RealNode {
  /** A process that holds a cluster, as the page's worker does. */
  makeWorker(): WorkerLike
  /** The address of what a port serves. */
  address(port: number): string | undefined
  teardown(): void
}

/** The service, the files and the first sign of life together. */
export const PATIENCE_MS = 12_000

type Started = { node: RealNode } | { refusal: Refusal }

export interface RealNodes {
  start(): Promise<Started>
  /** Ends what runs, and what is being started. */
  stop(): void
}

export function createRealNodes(means: Means): RealNodes {
  /** The library waits for the service's first answer for ever; until there is one nothing more can be asked of it. */
  let spent = false
  let running: { teardown(): void } | undefined

  async function start(): Promise<Started> {
    if (running) return { refusal: { reason: 'elsewhere' } }
    if (spent) return { refusal: { reason: 'spent' } }
    const reason = whyNot(means.surroundings())
    if (reason) return { refusal: { reason } }
    const release = await means.claim()
    if (!release) return { refusal: { reason: 'elsewhere' } }

    let container: Container | undefined
    let over = false
    const teardown = (): void => {
      if (over) return
      over = true
      running = undefined
      release()
      endQuietly(container)
    }
    running = { teardown }

    async function boot(): Promise<Container> {
      try {
        const booted = await means.boot()
        container = booted
        // Nobody waits for it any more.
        if (over) endQuietly(booted)
        return booted
      } finally {
        spent = false
      }
    }
    async function prepare(): Promise<Started> {
      try {
        const [files, booted] = await Promise.all([filesOf(means), boot()])
        if (over) throw new Error('stopped')
        await booted.mount(files)
        const ports = watchPorts(booted)
        let first: RemoteWorker | undefined = new RemoteWorker(booted, ports)
        await first.started
        const makeWorker = (): RemoteWorker => {
          const worker = first ?? new RemoteWorker(booted, ports)
          first = undefined
          return worker
        }
        return { node: { makeWorker, address: port => ports.open.get(port), teardown } }
      } catch (error) {
        return { refusal: error instanceof NoFiles ? { reason: 'files', detail: error.message } : reasonOf(error) }
      }
    }
    let stopWaiting = (): void => {}
    const patience = new Promise<Started>(resolve => {
      stopWaiting = means.after(PATIENCE_MS, () => {
        spent = container === undefined
        resolve({ refusal: { reason: spent ? 'slow' : 'sluggish' } })
      })
    })
    const started = await Promise.race([patience, prepare()])
    stopWaiting()
    if ('refusal' in started) teardown()
    return started
  }

  return { start, stop: () => running?.teardown() }
}

class NoFiles extends Error {}

async function filesOf({ files }: Means): Promise<FileSystemTree> {
  try {
    return await files()
  } catch (error) {
    throw new NoFiles(error instanceof Error ? error.message : String(error))
  }
}

/** It may have ended already, of itself. */
function endQuietly(container: Container | undefined): void {
  try {
    container?.teardown()
  } catch (error) {
    console.warn(error)
  }
}

export interface Ports {
  /** Port → the address of its page. */
  open: ReadonlyMap<number, string>
  onChange(handler: () => void): void
}

function watchPorts(container: Container): Ports {
  const open = new Map<number, string>()
  const handlers: (() => void)[] = []
  const change = (): void => {
    for (const handler of handlers) handler()
  }
  container.on('server-ready', (port, url) => {
    open.set(port, url)
    change()
  })
  container.on('port', (port, type) => {
    if (type === 'close' && open.delete(port)) change()
  })
  return { open, onChange: handler => void handlers.push(handler) }
}
