/** Plays the kubelets of all nodes: keeps the nodes ready, and does with each Pod what the name of its image says. */
import type { Json } from '../questions.ts'
import type { Plane, Thing } from './plane.node.ts'

type Pod = Thing

const MERGE = 'application/merge-patch+json'
const STRATEGIC = 'application/strategic-merge-patch+json'

/**
 * `hold` stays Pending, `unready` runs, `ok` and `fail` end, `fail42` with that code; everything else runs and is ready.
 * `linger…` does not go when it is deleted.
 */
const fateOf = (pod: Pod): string =>
  String(pod.metadata.annotations?.fate ?? pod.spec.containers[0].image).split(':')[0]!

export class Kubelets {
  readonly #plane: Plane
  /** Nodes that still send signs of life. */
  readonly alive = new Set<string>()
  #renewed = 0
  #address = 1
  /** What each Pod was last made to do, by uid. */
  readonly #done = new Map<string, string>()

  constructor(plane: Plane) {
    this.#plane = plane
  }

  async addNode(
    name: string,
    node: { labels?: Json; capacity?: object; taints?: Json; unschedulable?: boolean } = {},
  ): Promise<void> {
    const { labels, capacity, taints, unschedulable } = node
    const { code, body } = await this.#plane.call('POST', '/api/v1/nodes', {
      metadata: {
        name,
        labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...(labels as object) },
      },
      spec: { ...(taints !== undefined && { taints }), ...(unschedulable && { unschedulable }) },
    })
    if (code !== 201) throw new Error(`node ${name}: ${code} ${JSON.stringify(body)}`)
    await this.#plane.pass(60)
    const amounts = { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '100Gi', ...capacity }
    await this.#plane.call(
      'PATCH',
      `/api/v1/nodes/${name}/status`,
      { status: { capacity: amounts, allocatable: amounts } },
      MERGE,
    )
    this.alive.add(name)
    await this.#renew(name)
  }

  async #renew(name: string): Promise<void> {
    const at = new Date(this.#plane.now()).toISOString()
    const lease = `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases`
    const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime: `${at.slice(0, 23)}000Z` }
    const { code } = await this.#plane.call('PATCH', `${lease}/${name}`, { spec }, MERGE)
    if (code === 404) await this.#plane.call('POST', lease, { metadata: { name }, spec })
    const second = `${at.slice(0, 19)}Z`
    const condition = (type: string, status: string, reason: string, message: string): Json => ({
      type,
      status,
      reason,
      message,
      lastHeartbeatTime: second,
      lastTransitionTime: second,
    })
    const conditions = [
      condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
      condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
      condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
      condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
    ]
    await this.#plane.call('PATCH', `/api/v1/nodes/${name}/status`, { status: { conditions } }, STRATEGIC)
  }

  /** One look at everything. */
  async tick(): Promise<void> {
    if (this.#plane.now() - this.#renewed >= 8000) {
      this.#renewed = this.#plane.now()
      for (const name of this.alive) await this.#renew(name)
    }
    const { body } = await this.#plane.call('GET', '/api/v1/pods?fieldSelector=spec.nodeName!=')
    const pods: Pod[] = (body.items ?? []).filter((pod: Pod) => this.alive.has(pod.spec.nodeName))
    if (!this.#plane.real) for (const pod of pods) await this.#sync(pod)
    else await Promise.all(pods.map(pod => this.#sync(pod)))
  }

  async #sync(pod: Pod): Promise<void> {
    const { namespace, name, uid, deletionTimestamp } = pod.metadata
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`
    const fate = fateOf(pod)
    const finished = ['Succeeded', 'Failed'].includes(pod.status.phase)
    if (deletionTimestamp) {
      if (fate.startsWith('linger')) return
      if (!finished && this.#done.get(uid)) await this.#write(pod, path, 'fail143')
      else await this.#plane.call('DELETE', path, { gracePeriodSeconds: 0, preconditions: { uid } })
      return
    }
    if (finished || this.#done.get(uid) === fate) return
    this.#done.set(uid, fate)
    if (fate !== 'hold') await this.#write(pod, path, fate.replace('linger', ''))
  }

  async #write(pod: Pod, path: string, fate: string): Promise<void> {
    const at = `${new Date(this.#plane.now()).toISOString().slice(0, 19)}Z`
    const code = fate === 'ok' ? 0 : fate.startsWith('fail') ? Number(fate.slice(4) || 1) : undefined
    const ready = code === undefined && fate !== 'unready'
    const phase = code === undefined ? 'Running' : code === 0 ? 'Succeeded' : 'Failed'
    const condition = (type: string, status: boolean, reason?: string): object => ({
      type,
      status: status ? 'True' : 'False',
      lastProbeTime: null,
      lastTransitionTime: at,
      ...(reason && { reason }),
    })
    const reason =
      code === undefined ? (ready ? undefined : 'ContainersNotReady') : code === 0 ? 'PodCompleted' : 'PodFailed'
    const conditions = [
      condition('PodReadyToStartContainers', code === undefined),
      condition('Initialized', true, code === 0 ? 'PodCompleted' : undefined),
      condition('Ready', ready, reason),
      condition('ContainersReady', ready, reason),
    ]
    const containerStatuses = pod.spec.containers.map((c: { name: string; image: string }) => ({
      name: c.name,
      image: c.image,
      imageID: 'image',
      containerID: 'containerd://x',
      restartCount: 0,
      ready,
      started: ready,
      state:
        code === undefined
          ? { running: { startedAt: at } }
          : { terminated: { exitCode: code, reason: code ? 'Error' : 'Completed', startedAt: at, finishedAt: at } },
    }))
    const podIP = pod.status.podIP ?? `10.244.${this.#address >> 8}.${this.#address++ & 255}`
    const status = {
      phase,
      conditions,
      containerStatuses,
      podIP,
      podIPs: [{ ip: podIP }],
      hostIP: '192.168.0.1',
      hostIPs: [{ ip: '192.168.0.1' }],
      startTime: pod.status.startTime ?? at,
      observedGeneration: pod.metadata.generation,
    }
    await this.#plane.call('PATCH', `${path}/status`, { status } as Json, STRATEGIC)
  }
}
