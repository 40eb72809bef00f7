/** The worker that holds the cluster. */
import { createSession } from '../../../sandbox/scenario/create.ts'
import { createHost } from './host.ts'
import type { FromWorker, ToWorker } from './rpc.ts'

// The first prompt needs it: fetched while the cluster boots.
import('../../../sandbox/scenario/workstation/learner-shell.ts').catch(() => {})

/** What the first command and the first Pod need is fetched while the learner reads; should that fail, they ask again. */
const READING_MS = 1000
const fetchAhead = (): void => {
  const parts = [import('../../../sandbox/kubectl/process/program.ts'), import('../../../sandbox/kubelet/life.ts')]
  for (const part of parts) part.catch(() => {})
}

const host = createHost({
  async createSession(options) {
    const session = await createSession(options)
    setTimeout(fetchAhead, READING_MS)
    return session
  },
  post: (message: FromWorker) => self.postMessage(message),
  wall: () => performance.now(),
  later: (ms, work) => {
    setTimeout(work, ms)
  },
})
self.onmessage = (event: MessageEvent<ToWorker>) => host.receive(event.data)
// A promise nobody waits for ends the worker's truthfulness as surely as a throw does.
self.addEventListener('unhandledrejection', event =>
  self.postMessage({ type: 'crash', message: String(event.reason?.stack ?? event.reason) } satisfies FromWorker),
)
