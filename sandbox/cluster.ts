/** Wires the rooms into one cluster. Everything below is built here and nowhere else; nothing below imports this file. */

import { expireEvents } from './api/event-ttl.ts'
import { createRecorder } from './api/events.ts'
import { InProcessClient } from './api/in-process.ts'
import { event, kinds } from './api/kinds/index.ts'
import { ApiServer } from './api/server.ts'
import { Clock } from './clock/clock.ts'
import { Random } from './clock/random.ts'
import { bootstrap } from './cluster/bootstrap.ts'
import { deploymentController } from './controllers/deployment/index.ts'
import { startControllers } from './controllers/manager.ts'
import { replicaSetController } from './controllers/replicaset.ts'
import { Api } from './http/handler.ts'
import { Switch } from './network/switch.ts'
import { Store } from './store/store.ts'

export interface ClusterOptions {
  /** Same seed and same requests at the same virtual times: the same history. */
  seed: string
  /** Virtual milliseconds since the Unix epoch; a fixed Monday morning when absent. */
  start?: number
  /** Names of the nodes. One named `control-plane` is tainted as such. */
  nodes?: readonly string[]
}

export const DEFAULT_NODES: readonly string[] = ['control-plane', 'worker-1', 'worker-2']

export interface Cluster {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly server: ApiServer
  readonly api: Api
  readonly network: Switch
  /** The API in the name of the cluster itself. */
  readonly client: InProcessClient
}

export function createCluster({ seed, start, nodes = DEFAULT_NODES }: ClusterOptions): Cluster {
  const clock = new Clock(start)
  const random = new Random(seed)
  const store = new Store()
  const server = new ApiServer({ clock, random: random.fork('api'), store, kinds })
  const client = new InProcessClient(server)
  const recorder = (component: string) => createRecorder({ client, clock, kind: event, component })
  const network = new Switch(clock)
  expireEvents(store, clock)
  bootstrap(client, '192.168.49.2')
  startControllers([replicaSetController, deploymentController], {
    client,
    clock,
    random: random.fork('controllers'),
    recorder,
  })
  void nodes
  return { clock, random, store, server, client, network, api: new Api({ server }) }
}
