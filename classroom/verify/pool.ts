/** Threads that verify, one submission each at a time, with limits on time and memory. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { LARGEST_BYTES } from './submission.ts'
import type { Expected, Verdict } from './verify.ts'
import type { Job } from './worker.ts'

export interface Verifier {
  /** @param text JSON as it was handed in */
  verify(text: string, expected: Expected): Promise<Verdict>
  close(): Promise<void>
}

export interface PoolOptions {
  threads?: number
  /** Wall milliseconds for one submission. */
  timeoutMs?: number
  /** MiB of heap for one thread. */
  memoryMiB?: number
}

interface Waiting {
  job: Job
  done(verdict: Verdict): void
}

export function createVerifier({ threads = 1, timeoutMs = 20_000, memoryMiB = 512 }: PoolOptions = {}): Verifier {
  const queue: Waiting[] = []
  const idle: Worker[] = []
  const alive = new Set<Worker>()
  let closed = false

  const start = (): Worker => {
    const worker = new Worker(join(import.meta.dirname, 'worker.ts'), {
      // Flags of the process that asks (a test runner's loaders, an inspector) are not the thread's.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    })
    // Only work keeps the process alive.
    worker.unref()
    alive.add(worker)
    return worker
  }

  function take(): void {
    while (queue.length) {
      const worker = idle.pop() ?? (alive.size < threads ? start() : undefined)
      if (!worker) return
      run(worker, queue.shift()!)
    }
  }

  function run(worker: Worker, { job, done }: Waiting): void {
    const finish = (verdict: Verdict, fit: boolean): void => {
      clearTimeout(timer)
      worker.off('message', answered).off('error', failed).off('exit', ended)
      worker.unref()
      if (fit && !closed) idle.push(worker)
      else {
        alive.delete(worker)
        void worker.terminate()
      }
      done(verdict)
      take()
    }
    const broken = (detail: string): void => finish({ verified: false, refusal: 'broken', detail }, false)
    const answered = (verdict: Verdict): void => finish(verdict, true)
    const failed = (error: Error): void => broken(error.message)
    const ended = (code: number): void => broken(`the thread ended with ${code}`)
    const timer = setTimeout(
      () => finish({ verified: false, refusal: 'too-long', detail: `not done within ${timeoutMs / 1000} s` }, false),
      timeoutMs,
    )
    worker.ref()
    worker.on('message', answered).on('error', failed).on('exit', ended)
    worker.postMessage(job)
  }

  return {
    verify(text, expected) {
      if (Buffer.byteLength(text) > LARGEST_BYTES)
        return Promise.resolve({ verified: false, refusal: 'too-large', detail: `over ${LARGEST_BYTES} bytes` })
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch (error) {
        return Promise.resolve({ verified: false, refusal: 'malformed', detail: (error as Error).message })
      }
      return new Promise(done => {
        queue.push({ job: { value, expected }, done })
        take()
      })
    },
    async close() {
      closed = true
      queue.length = 0
      await Promise.all([...alive].map(worker => worker.terminate()))
      alive.clear()
    },
  }
}
