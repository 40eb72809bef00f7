/** Loss and return of a machine's power, and its effect on all that runs there. */

import type { NodeContext } from '../node-context.ts'
import type { PodRuntime } from '../pods/instances.ts'

/** The reason of an end that nobody has seen. */
const UNSEEN = 'Unknown'

/** Every process dies without a word. */
export function losePower({ clock, runtime: containers }: NodeContext, runtimes: Iterable<PodRuntime>): void {
  const finishedAt = clock.now()
  for (const runtime of runtimes) {
    for (const run of runtime.instances) {
      if (run.state === 'exited') continue
      run.state = 'exited'
      run.ending = { exitCode: 255, reason: UNSEEN, message: '', startedAt: run.startedAt, finishedAt }
    }
    if (runtime.sandbox && runtime.sandboxReady) containers.removeSandbox(runtime.sandbox)
    runtime.sandboxReady = false
  }
}

/** What died is found dead now. */
export function regainPower({ clock }: NodeContext, runtimes: Iterable<PodRuntime>): void {
  for (const { instances } of runtimes)
    for (const { ending } of instances) if (ending?.reason === UNSEEN) ending.finishedAt = clock.now()
}
