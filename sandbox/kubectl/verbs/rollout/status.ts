/** kubectl rollout status: tells how a rollout goes, until it is done. */
import { resourcePath } from '../../client/client.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { type Info, visit } from '../../resources/resources.ts'
import { wantedOf } from './common.ts'

interface Progress {
  words: string
  done: boolean
}

const waiting = (words: string): Progress => ({ words: `Waiting for ${words}...\n`, done: false })

const VIEWERS: Readonly<Record<string, (o: Obj, revision: number) => Progress>> = {
  Deployment(o, revision) {
    const name = JSON.stringify(o.metadata.name)
    const status = o.status ?? {}
    if (revision > 0) {
      const running = Number(o.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0)
      if (revision !== running)
        throw new KubectlError(`desired revision (${revision}) is different from the running revision (${running})`)
    }
    if (o.metadata.generation > (status.observedGeneration ?? 0))
      return waiting('deployment spec update to be observed')
    const progressing = (status.conditions ?? []).find((c: Obj) => c.type === 'Progressing')
    if (progressing?.reason === 'ProgressDeadlineExceeded')
      throw new KubectlError(`deployment ${name} exceeded its progress deadline`)
    const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status
    if (updatedReplicas < o.spec.replicas)
      return waiting(
        `deployment ${name} rollout to finish: ${updatedReplicas} out of ${o.spec.replicas} new replicas have been updated`,
      )
    if (replicas > updatedReplicas)
      return waiting(
        `deployment ${name} rollout to finish: ${replicas - updatedReplicas} old replicas are pending termination`,
      )
    if (availableReplicas < updatedReplicas)
      return waiting(
        `deployment ${name} rollout to finish: ${availableReplicas} of ${updatedReplicas} updated replicas are available`,
      )
    return { words: `deployment ${name} successfully rolled out\n`, done: true }
  },
  DaemonSet(o) {
    const name = JSON.stringify(o.metadata.name)
    const status = o.status ?? {}
    if (o.spec.updateStrategy?.type !== 'RollingUpdate')
      throw new KubectlError('rollout status is only available for RollingUpdate strategy type')
    if (o.metadata.generation > (status.observedGeneration ?? 0))
      return waiting('daemon set spec update to be observed')
    const { updatedNumberScheduled = 0, desiredNumberScheduled = 0, numberAvailable = 0 } = status
    if (updatedNumberScheduled < desiredNumberScheduled)
      return waiting(
        `daemon set ${name} rollout to finish: ${updatedNumberScheduled} out of ${desiredNumberScheduled} new pods have been updated`,
      )
    if (numberAvailable < desiredNumberScheduled)
      return waiting(
        `daemon set ${name} rollout to finish: ${numberAvailable} of ${desiredNumberScheduled} updated pods are available`,
      )
    return { words: `daemon set ${name} successfully rolled out\n`, done: true }
  },
  StatefulSet(o) {
    const status = o.status ?? {}
    const update = o.spec.updateStrategy
    if (update?.type !== 'RollingUpdate')
      throw new KubectlError('rollout status is only available for RollingUpdate strategy type')
    if (!status.observedGeneration || o.metadata.generation > status.observedGeneration)
      return waiting('statefulset spec update to be observed')
    const { readyReplicas = 0, updatedReplicas = 0 } = status
    if (readyReplicas < o.spec.replicas) return waiting(`${o.spec.replicas - readyReplicas} pods to be ready`)
    if (update.rollingUpdate) {
      const partition = update.rollingUpdate.partition
      if (partition !== undefined && updatedReplicas < o.spec.replicas - partition)
        return waiting(
          `partitioned roll out to finish: ${updatedReplicas} out of ${o.spec.replicas - partition} new pods have been updated`,
        )
      return { words: `partitioned roll out complete: ${updatedReplicas} new pods have been updated...\n`, done: true }
    }
    if (status.updateRevision !== status.currentRevision)
      return {
        words: `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${status.updateRevision}...\n`,
        done: false,
      }
    return {
      words: `statefulset rolling update complete ${status.currentReplicas ?? 0} pods at revision ${status.currentRevision}...\n`,
      done: true,
    }
  },
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const revision = flags.num('revision')
  if (revision < 0) throw new KubectlError(`revision must be a positive integer: ${revision}`)
  const timeout = flags.num('timeout')
  const deadline = timeout > 0 ? k.now() + timeout : Number.POSITIVE_INFINITY
  const count = await visit(k, wantedOf(k), info => follow(k, info, revision, flags.bool('watch'), deadline))
  if (!count) await k.err(`No resources found in ${await k.namespace()} namespace.\n`)
}

async function follow(k: Kubectl, info: Info, revision: number, watch: boolean, deadline: number): Promise<void> {
  const { kind, group } = info.mapping
  const view = VIEWERS[kind]
  if (!view) throw new KubectlError(`no status viewer has been implemented for ${group ? `${kind}.${group}` : kind}`)
  const client = await k.client()
  let current = await client.get(info.mapping, info.namespace, info.name)
  let said = ''
  const tell = async (object: Obj): Promise<boolean> => {
    const { words, done } = view(object, revision)
    if (words !== said) await k.out(words)
    said = words
    return done || !watch
  }
  for (;;) {
    if (await tell(current)) return
    const left = deadline - k.now()
    if (left <= 0) throw new KubectlError('timed out waiting for the condition')
    const events = client.watch(resourcePath(info.mapping, info.namespace), {
      query: {
        fieldSelector: `metadata.name=${info.name}`,
        resourceVersion: current.metadata.resourceVersion,
        timeoutSeconds: Number.isFinite(left) ? Math.max(1, Math.ceil(left / 1000)) : undefined,
      },
    })
    for await (const event of events) {
      if (event.type === 'DELETED') throw new KubectlError('object has been deleted')
      if (event.type === 'ERROR') break
      if (event.type === 'BOOKMARK') continue
      current = event.object
      if (await tell(current)) return
      if (k.now() >= deadline) break
    }
    if (k.now() < deadline) current = await client.get(info.mapping, info.namespace, info.name)
  }
}
