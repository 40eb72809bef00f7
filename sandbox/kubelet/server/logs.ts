/** A container's logs as a client asks for them: which run, from where, how many lines, with or without times. */
import type { LogOptions, TextStream } from '../../api/egress/node-proxy.ts'
import { badRequest } from '../../api/status.ts'
import type { LogLine, Logs } from '../../runtime/cri.ts'
import type { Instance } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import type { PodStatus } from '../types.ts'

/**
 * Decides by the status, as the kubelet does: what that names may have been cleared away.
 * @throws StatusError in its words
 */
export function runForLogs(worker: PodWorker, container: string, previous: boolean): { id: string; run?: Instance } {
  const id = runIdForLogs(worker.pod.metadata.name, worker.status, container, previous)
  const run = worker.runtime.instances.find(r => r.id === id)
  return run ? { id, run } : { id }
}

function runIdForLogs(pod: string, status: PodStatus, name: string, previous: boolean): string {
  const all = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ]
  const found = all.find(s => s.name === name)
  const what = `container "${name}" in pod "${pod}"`
  if (!found) throw badRequest(`${what} is not available`)
  const { waiting, running, terminated } = found.state ?? {}
  const last = found.lastState?.terminated
  if (previous) {
    if (!last?.containerID) throw badRequest(`previous terminated ${what} not found`)
    return last.containerID
  }
  if (running) return found.containerID ?? ''
  const ended = terminated?.containerID ? terminated : last
  if (terminated || last) {
    if (!ended?.containerID) throw badRequest(`${what} is terminated`)
    return ended.containerID
  }
  if (waiting?.reason === 'ErrImagePull') throw badRequest(`${what} is waiting to start: image can't be pulled`)
  if (waiting?.reason === 'ImagePullBackOff') {
    throw badRequest(`${what} is waiting to start: trying and failing to pull image`)
  }
  if (waiting?.reason) throw badRequest(`${what} is waiting to start: ${waiting.reason}`)
  throw badRequest(`${what} is waiting to start - no logs yet`)
}

const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}000000Z`

/** @param now for sinceSeconds */
export function logStream(logs: Logs, options: LogOptions, now: number): TextStream {
  const { timestamps, tailLines, limitBytes, sinceSeconds, sinceTime, stream, follow } = options
  const since =
    sinceSeconds !== undefined ? now - sinceSeconds * 1000 : sinceTime !== undefined ? Date.parse(sinceTime) : undefined
  const wanted = (line: LogLine): boolean =>
    (since === undefined || line.time >= since) && (!stream || stream === 'All' || line.stream === stream.toLowerCase())
  return {
    open(write, end) {
      let left = limitBytes ?? Number.POSITIVE_INFINITY
      let next = 0
      /** Characters of the line at `next` that have been written, when it was not complete. */
      let written = -1
      let stopped = false
      let unfollow: (() => void) | undefined
      const finish = (): void => {
        if (stopped) return
        stopped = true
        unfollow?.()
        end()
      }
      const send = (text: string): void => {
        const bytes = new TextEncoder().encode(text)
        write(bytes.length <= left ? text : new TextDecoder().decode(bytes.slice(0, left)))
        left -= bytes.length
      }
      const pump = (): void => {
        const lines = logs.lines(next)
        let text = ''
        for (const line of lines) {
          if (wanted(line)) {
            const head = written < 0 && timestamps ? `${stamp(line.time)} ` : ''
            text += head + line.text.slice(Math.max(written, 0)) + (line.partial ? '' : '\n')
          }
          if (line.partial) {
            written = line.text.length
            break
          }
          written = -1
          next++
        }
        if (text) send(text)
        if (left <= 0 || !follow || logs.ended) finish()
      }
      if (tailLines !== undefined) {
        const all = logs.lines()
        let count = 0
        next = all.length
        while (next > 0 && count < tailLines) if (wanted(all[--next]!)) count++
      }
      if (follow && !logs.ended) unfollow = logs.follow(() => !stopped && pump())
      pump()
      return () => {
        stopped = true
        unfollow?.()
      }
    },
  }
}
