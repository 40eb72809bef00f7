/** Work that cannot be trusted to end, in threads of its own: one piece each at a time, with limits on time and memory. */
import { Worker } from 'node:worker_threads'

export interface Limits {
  threads?: number
  /** Milliseconds of a core for one piece of work: a busy machine takes nothing away from it. */
  cpuMs?: number
  /** Milliseconds by the clock, for what waits and does nothing. */
  wallMs?: number
  /** MiB of heap for one thread, and as much again for what lies beside the heap. */
  memoryMiB?: number
}

/** Why there is no answer. */
export interface Ended {
  ended: 'too-long' | 'broken'
  detail: string
}

export interface Threads<Task, Answer> {
  /** @throws ThreadsClosed, and nothing else */
  run(task: Task): Promise<{ answer: Answer } | Ended>
  close(): Promise<void>
}

/** The work was neither done nor found wanting: whoever asked may ask again elsewhere. */
export class ThreadsClosed extends Error {}

interface Waiting<Task, Answer> {
  task: Task
  done(outcome: { answer: Answer } | Ended): void
  failed(error: Error): void
}

const LOOK_MS = 250

/** @param script what a thread runs; it answers each task that it is sent with one message */
export function createThreads<Task, Answer>(
  script: string,
  { threads = 1, cpuMs = 20_000, wallMs = 100_000, memoryMiB = 512 }: Limits = {},
): Threads<Task, Answer> {
  type Job = Waiting<Task, Answer>
  const memory = memoryMiB * 1024 * 1024
  const queue: Job[] = []
  const working = new Set<Job>()
  const idle: Worker[] = []
  const alive = new Set<Worker>()
  let closed = false

  const start = (): Worker => {
    const worker = new Worker(script, {
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
    while (queue.length && !closed) {
      const worker = idle.pop() ?? (alive.size < threads ? start() : undefined)
      if (!worker) return
      work(worker, queue.shift()!)
    }
  }

  function work(worker: Worker, job: Job): void {
    const began = performance.now()
    /** What the thread had used when it was looked at first: what it takes to start is not the work's. */
    let before: NodeJS.CpuUsage | undefined
    let most = 0
    const finish = (outcome: { answer: Answer } | Ended, fit: boolean): void => {
      clearInterval(watch)
      if (!working.delete(job)) return
      worker.off('message', answered).off('error', failed).off('exit', left)
      worker.unref()
      if (fit) idle.push(worker)
      else {
        alive.delete(worker)
        void worker.terminate()
      }
      job.done(outcome)
      take()
    }
    const end = (ended: Ended['ended'], detail: string): void => finish({ ended, detail }, false)
    // What has left much behind in its thread must not be counted to the next.
    const answered = (answer: Answer): void => finish({ answer }, most < memory / 2)
    const failed = (error: Error): void => end('broken', error.message)
    const left = (code: number): void => end('broken', `the thread ended with ${code}`)
    /** Both are answered in the middle of a loop without an end, too. */
    const look = async (): Promise<void> => {
      const used = await worker.cpuUsage(before)
      if (before && used.user + used.system > cpuMs * 1000) end('too-long', `more than ${cpuMs / 1000} s of a core`)
      before ??= used
      most = Math.max(most, (await worker.getHeapStatistics()).external_memory)
      if (most > memory) end('broken', `more than ${memoryMiB} MiB`)
    }
    const watch = setInterval(
      () => {
        if (performance.now() - began > wallMs) end('too-long', `not done within ${wallMs / 1000} s`)
        // A thread that has just ended has no figures, and tells by itself that it has.
        else look().catch(() => {})
      },
      Math.min(LOOK_MS, wallMs),
    )
    working.add(job)
    worker.ref()
    worker.on('message', answered).on('error', failed).on('exit', left)
    try {
      worker.postMessage(job.task)
    } catch (error) {
      finish({ ended: 'broken', detail: (error as Error).message }, true)
    }
  }

  return {
    run: task =>
      new Promise((done, failed) => {
        queue.push({ task, done, failed })
        take()
      }),
    async close() {
      closed = true
      const left = [...queue.splice(0), ...working]
      working.clear()
      for (const { failed } of left) failed(new ThreadsClosed('the threads were closed'))
      await Promise.all([...alive].map(worker => worker.terminate()))
      alive.clear()
    },
  }
}
