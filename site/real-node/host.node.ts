/**
 * The cluster as a Node program, for a WebContainer: the page's worker (`host.ts`) over standard input and output, with
 * containers of Node images as real processes, the API on a port, and the learner's files as files.
 */
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeKubeconfig } from '../../sandbox/bin/kubeconfig.ts'
import { realProcesses } from '../../sandbox/cluster/real-processes.node.ts'
import { serve } from '../../sandbox/http/node/node.ts'
import { Mirror } from '../../sandbox/runtime/real-processes/mirror.node.ts'
import { createSession } from '../../sandbox/scenario/create.ts'
import { applyFault } from '../../sandbox/scenario/faults.ts'
import { createHost } from '../src/workbench/host.ts'
import { decoder, encode } from '../src/workbench/real/lines.ts'
import type { FromProcess } from '../src/workbench/real/remote-worker.ts'
import type { ToWorker } from '../src/workbench/rpc.ts'

const PORT = 6443
const CARRY_MS = 200

const own = dirname(process.argv[1]!)
const home = join(own, '..', 'learner')
const say = (message: FromProcess): void => void process.stdout.write(encode('process', message))

const real = realProcesses({
  preload: pathToFileURL(join(own, 'preload.mjs')).href,
  // Nobody has promised that files can be sockets there.
  socketFiles: !('webcontainer' in process.versions),
  onPort: port => say({ type: 'own', port }),
})

/** The API on its usual port, or on any when that is taken. */
async function serveApi(options: Omit<Parameters<typeof serve>[0], 'port'>): Promise<number> {
  const serving = await serve({ ...options, port: PORT }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    return serve({ ...options, port: 0 })
  })
  return serving.port
}

const host = createHost({
  async createSession(options) {
    const session = await createSession(
      { ...options, start: Date.now() },
      { runtime: real.runtime, pause: ms => new Promise(resolve => setTimeout(resolve, ms)) },
    )
    const { cluster, workstation } = session
    cluster.clock.onError = error => console.error(error)
    // What an earlier cluster has left. The folder itself stays: shells are in it.
    mkdirSync(home, { recursive: true })
    for (const name of readdirSync(home)) rmSync(join(home, name), { recursive: true })
    const files = new Mirror({ root: workstation.home }, home)
    setInterval(() => cluster.clock.soon(() => files.pull()), CARRY_MS)
    const port = await serveApi({
      api: cluster.api,
      onActivity: () => void session.advance(0),
      onFault: command => applyFault(cluster, command),
    })
    say({ type: 'own', port })
    writeKubeconfig(join(own, 'kubeconfig'), `http://127.0.0.1:${port}`)
    return session
  },
  post: say,
  wall: () => performance.now(),
  later: (ms, work) => void setTimeout(work, ms),
})

// Files that come by mount are not for running.
for (const name of readdirSync(join(own, 'bin'))) chmodSync(join(own, 'bin', name), 0o755)
if (process.stdin.isTTY) process.stdin.setRawMode(true)
process.stdin
  .setEncoding('utf8')
  .on('data', decoder<ToWorker>('page', { message: message => host.receive(message) }))
  // Whoever talked to this is gone.
  .on('end', () => process.exit(0))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(0))
say({ type: 'hello' })
