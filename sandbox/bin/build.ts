/** The cluster that is served. */
import { bootstrap } from '../api/bootstrap.ts'
import { expireEvents } from '../api/event-ttl.ts'
import { kinds } from '../api/kinds/index.ts'
import { ApiServer } from '../api/server.ts'
import { Clock } from '../clock/clock.ts'
import { Random } from '../clock/random.ts'
import { Api } from '../http/handler.ts'
import { Store } from '../store/store.ts'

export interface BuildOptions {
  seed: string
  start: number
  nodes?: readonly string[]
}

export async function buildCluster({ seed, start }: BuildOptions): Promise<{ clock: Clock; api: Api }> {
  const clock = new Clock(start)
  const store = new Store()
  const server = new ApiServer({ clock, random: new Random(seed), store, kinds })
  bootstrap(server)
  expireEvents(store, clock)
  return { clock, api: new Api({ server }) }
}
