/**
 * Work that cannot be trusted to end, in processes of its own: one piece each at a time, with limits on time and memory. Not in
 * threads: one that allocates faster than the engine can stop it ends with all that share its process.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Limits {
  workers?: number
  /** Milliseconds of a core for one piece of work: a busy machine takes nothing away from it. Counted where the system tells (`/proc`). */
  cpuMs?: number
  /** Milliseconds by the clock, for what waits and does nothing. */
  wallMs?: number
  /** MiB of heap for one process, and as much again for what lies beside the heap (counted like the core's time). */
  memoryMiB?: number
}

/** Why there is no answer. */
export interface Ended {
  ended: 'too-long' | 'broken'
  detail: string
}

export interface Workers<Task, Answer> {
  /** @throws WorkersClosed, and nothing else */
  run(task: Task): Promise<{ answer: Answer } | Ended>
  close(): Promise<void>
}

/** The work was neither done nor found wanting: whoever asked may ask again elsewhere. */
export class WorkersClosed extends Error {}

interface Waiting<Task, Answer> {
  task: Task
  done(outcome: { answer: Answer } | Ended): void
  failed(error: Error): void
}

const LOOK_MS = 250
/** Of `/proc/PID/stat`, and of a page of memory, as Linux counts on all machines that Node runs on. */
const TICK_MS = 10
const PAGE = 4096

interface Used {
  cpuMs: number
  bytes: number
}

/** What a process has used so far; undefined where nobody tells, or when it has just ended. */
function usedBy(pid: number | undefined): Used | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the name, which may hold anything: state is the third field, the times of user and system the 14th and 15th, pages the 24th.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    return { cpuMs: (fields[11]! + fields[12]!) * TICK_MS, bytes: fields[21]! * PAGE }
  } catch {
    return undefined
  }
}

/** @param script what a process runs; it answers each task that it is sent with one message */
export function createWorkers<Task, Answer>(
  script: string,
  { workers = 1, cpuMs = 20_000, wallMs = 100_000, memoryMiB = 512 }: Limits = {},
): Workers<Task, Answer> {
  type Job = Waiting<Task, Answer>
  const memory = memoryMiB * 1024 * 1024
  const queue: Job[] = []
  const working = new Set<Job>()
  const idle: ChildProcess[] = []
  const alive = new Set<ChildProcess>()
  let closed = false

  const start = (): ChildProcess => {
    const worker = fork(script, [], {
      // Flags of the process that asks (a test runner's loaders, an inspector) are not this one's; nor are its secrets.
      execArgv: [`--max-old-space-size=${memoryMiB}`],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    })
    // Only work keeps the process alive that asks.
    rest(worker)
    alive.add(worker)
    // One that ends while it has nothing to do is missed by nobody.
    worker.on('exit', () => {
      alive.delete(worker)
      const at = idle.indexOf(worker)
      if (at >= 0) idle.splice(at, 1)
    })
    return worker
  }
  const rest = (worker: ChildProcess): void => {
    worker.unref()
    worker.channel?.unref()
  }

  function take(): void {
    while (queue.length && !closed) {
      const worker = idle.pop() ?? (alive.size < workers ? start() : undefined)
      if (!worker) return
      work(worker, queue.shift()!)
    }
  }

  function work(worker: ChildProcess, job: Job): void {
    const began = performance.now()
    /** What it had used before: what it takes to start is not the work's. */
    let before: Used | undefined
    let most = 0
    const finish = (outcome: { answer: Answer } | Ended, fit: boolean): void => {
      clearInterval(watch)
      if (!working.delete(job)) return
      worker.off('message', answered).off('error', failed).off('exit', left)
      rest(worker)
      if (fit) idle.push(worker)
      else {
        alive.delete(worker)
        worker.kill('SIGKILL')
      }
      job.done(outcome)
      take()
    }
    const end = (ended: Ended['ended'], detail: string): void => finish({ ended, detail }, false)
    const tooMuch = `more than ${memoryMiB} MiB`
    // What has left much behind must not be counted to the next.
    const answered = (answer: unknown): void => finish({ answer: answer as Answer }, most < memory / 2)
    const failed = (error: Error): void => end('broken', error.message)
    // The engine aborts when its heap is full; the system kills what takes the machine's memory.
    const left = (code: number | null, signal: NodeJS.Signals | null): void =>
      end('broken', signal ? tooMuch : `the process ended with ${code}`)
    const look = (): void => {
      const used = usedBy(worker.pid)
      if (!used) return
      before ??= used
      if (used.cpuMs - before.cpuMs > cpuMs) end('too-long', `more than ${cpuMs / 1000} s of a core`)
      most = Math.max(most, used.bytes - before.bytes)
      if (most > 2 * memory) end('broken', tooMuch)
    }
    const watch = setInterval(
      () => {
        if (performance.now() - began > wallMs) end('too-long', `not done within ${wallMs / 1000} s`)
        else look()
      },
      Math.min(LOOK_MS, wallMs),
    )
    working.add(job)
    worker.ref()
    worker.channel?.ref()
    worker.on('message', answered).on('error', failed).on('exit', left)
    try {
      worker.send(job.task as object)
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
      for (const { failed } of left) failed(new WorkersClosed('the workers were closed'))
      await Promise.all([...alive].map(ended))
      alive.clear()
    },
  }
}

const ended = (worker: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    if (worker.exitCode !== null || worker.signalCode !== null) resolve()
    else {
      // Nothing else may keep this process alive until it is seen to have ended.
      worker.ref()
      worker.once('exit', () => resolve())
      worker.kill('SIGKILL')
    }
  })
