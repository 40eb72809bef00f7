/** `podlab serve`: a cluster whose clock follows the wall clock, on a port of this machine. */

import type { Clock } from '../clock/clock.ts'
import { type ClusterOptions, createCluster } from '../cluster.ts'
import { type ServeOptions, serve } from '../http/node/node.ts'
import { applyFault } from '../scenario/faults.ts'
import type { LessonWorld } from '../scenario/session.ts'
import { makeCertificates } from './certificates.ts'
import { writeKubeconfig } from './kubeconfig.ts'

export interface ServeClusterOptions {
  port: number
  speed: number
  seed: string
  nodes?: readonly string[]
  metricsServer?: boolean
  storageClass?: boolean
  featureGates?: ClusterOptions['featureGates']
  kubeconfig?: string
  /** By https, with certificates that are made for this cluster. */
  tls?: boolean
  /** Further certificate authorities that client certificates may be signed by, in PEM. */
  clientAuthorities?: string
  tokens?: ServeOptions['tokens']
  alwaysAllow?: boolean
  disabledAdmission?: readonly string[]
  /** Whether containers of Node images are real processes of this machine. */
  processes?: boolean
  /** The cluster is that of a lesson, as its learner finds it. */
  lesson?: LessonWorld
}

const TICK_MS = 20

/** Runs until it is told to stop; the exit code. */
export async function serveCluster({
  port,
  speed,
  seed,
  nodes,
  kubeconfig,
  metricsServer = false,
  storageClass = false,
  featureGates = [],
  tls = false,
  clientAuthorities,
  tokens,
  alwaysAllow = false,
  disabledAdmission = [],
  processes = false,
  lesson,
}: ServeClusterOptions): Promise<number> {
  // kubectl counts ages by the wall clock, so the world begins now.
  const started = Date.now()
  const certificates = tls ? await makeCertificates(started) : undefined
  const real = processes ? (await import('../cluster/real-processes.node.ts')).realProcesses() : undefined
  // A plain cluster needs no workstation, so it does not wait for one.
  const cluster = lesson
    ? await (await import('./lesson-cluster.ts')).lessonCluster(lesson, seed, started)
    : createCluster({
        seed,
        start: started,
        metricsServer,
        storageClass,
        featureGates,
        alwaysAllow,
        disabledAdmission,
        ...(nodes && { nodes }),
        ...(real && { runtime: real.runtime }),
      })
  const { clock, api } = cluster
  clock.onError = error => console.error(error)
  const { move, stop } = followWallClock(clock, speed)
  let serving: Awaited<ReturnType<typeof serve>>
  try {
    const onFault = (command: string): string | undefined => applyFault(cluster, command)
    serving = await serve({
      api,
      port,
      ...(certificates && {
        tls: { ca: [certificates.authority, clientAuthorities ?? []].flat(), ...certificates.server },
      }),
      ...(tokens && { tokens }),
      onActivity: () => void move(),
      onFault,
    })
  } catch (error) {
    stop()
    real?.close()
    const { code } = error as { code?: string }
    console.error(
      code === 'EADDRINUSE' ? `podlab serve: port ${port} is in use` : `podlab serve: ${(error as Error).message}`,
    )
    return 1
  }
  const address = `${certificates ? 'https' : 'http'}://127.0.0.1:${serving.port}`
  if (kubeconfig) writeKubeconfig(kubeconfig, address, certificates)
  console.log(`Kubernetes API on ${address}`)
  if (kubeconfig) console.log(`kubectl --kubeconfig ${kubeconfig} get nodes`)

  if (real) {
    console.log(
      `Containers of Node images are processes of this machine (Node ${process.version}, as you, not isolated);`,
    )
    console.log('what that means is in docs/fidelity.md. All other images are simulated.')
  }

  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
  })
  stop()
  await serving.close()
  real?.close()
  return 0
}

/** Moves virtual time along with the wall clock, in small ticks and whenever `move` is called. */
function followWallClock(clock: Clock, speed: number): { move(): Promise<void>; stop(): void } {
  const [begun, opened] = [clock.now(), Date.now()]
  let moving = false
  const move = async (): Promise<void> => {
    if (moving) return
    moving = true
    try {
      const target = begun + (Date.now() - opened) * speed
      await clock.advance(Math.max(0, Math.floor(target - clock.now())))
    } finally {
      moving = false
    }
  }
  const ticking = setInterval(() => void move(), TICK_MS)
  return { move, stop: () => clearInterval(ticking) }
}
