/** The worker that holds the cluster. */
import { createSession } from '../../../sandbox/scenario/create.ts'
import { createHost } from './host.ts'
import type { FromWorker, ToWorker } from './rpc.ts'

const host = createHost({
  createSession: async options => createSession(options),
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
