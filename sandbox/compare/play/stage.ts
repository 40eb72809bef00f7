/** The stage of a scene: a namespace of a control plane, with the means to act there and to record what is seen. */
import { parseAllDocuments } from 'yaml'
import type { Json } from '../questions.ts'
import type { Kubelets } from './kubelets.ts'
import type { Plane, Reply, Thing } from './plane.node.ts'

/** Where each kind lives, and whether a snapshot holds it. */
const KINDS: Record<string, string> = {
  Pod: 'api/v1/pods',
  Service: 'api/v1/services',
  Endpoints: 'api/v1/endpoints',
  ConfigMap: 'api/v1/configmaps',
  Secret: 'api/v1/secrets',
  ServiceAccount: 'api/v1/serviceaccounts',
  ReplicationController: 'api/v1/replicationcontrollers',
  PersistentVolumeClaim: 'api/v1/persistentvolumeclaims',
  ResourceQuota: 'api/v1/resourcequotas',
  LimitRange: 'api/v1/limitranges',
  Event: 'api/v1/events',
  Deployment: 'apis/apps/v1/deployments',
  ReplicaSet: 'apis/apps/v1/replicasets',
  StatefulSet: 'apis/apps/v1/statefulsets',
  DaemonSet: 'apis/apps/v1/daemonsets',
  ControllerRevision: 'apis/apps/v1/controllerrevisions',
  Job: 'apis/batch/v1/jobs',
  CronJob: 'apis/batch/v1/cronjobs',
  HorizontalPodAutoscaler: 'apis/autoscaling/v2/horizontalpodautoscalers',
  PodDisruptionBudget: 'apis/policy/v1/poddisruptionbudgets',
  EndpointSlice: 'apis/discovery.k8s.io/v1/endpointslices',
  Ingress: 'apis/networking.k8s.io/v1/ingresses',
}
const CLUSTER: Record<string, string> = {
  Namespace: 'api/v1/namespaces',
  Node: 'api/v1/nodes',
  PersistentVolume: 'api/v1/persistentvolumes',
  StorageClass: 'apis/storage.k8s.io/v1/storageclasses',
  PriorityClass: 'apis/scheduling.k8s.io/v1/priorityclasses',
  ClusterRole: 'apis/rbac.authorization.k8s.io/v1/clusterroles',
  CSINode: 'apis/storage.k8s.io/v1/csinodes',
}

export class Stage {
  readonly plane: Plane
  readonly kubelets: Kubelets
  readonly ns: string
  /** What was seen, by the name of the moment. */
  readonly seen: Record<string, Thing[]> = {}
  /** Ticks of the fake kubelets happen elsewhere when several scenes share them. */
  readonly #ticks: boolean

  constructor(plane: Plane, kubelets: Kubelets, ns: string, ticks: boolean) {
    this.plane = plane
    this.kubelets = kubelets
    this.ns = ns
    this.#ticks = ticks
  }

  path(kind: string, name?: string): string {
    const [place, namespaced] = [KINDS[kind] ?? CLUSTER[kind], kind in KINDS]
    if (!place) throw new Error(`no such kind: ${kind}`)
    const slash = place.lastIndexOf('/')
    const base = namespaced ? `${place.slice(0, slash)}/namespaces/${this.ns}${place.slice(slash)}` : place
    return `/${base}${name ? `/${name}` : ''}`
  }

  async call(method: string, path: string, body?: Json, type?: string): Promise<Reply> {
    const reply = await this.plane.call(method, path, body, type)
    // Nobody is so quick that the controllers would not have seen what came before.
    if (method !== 'GET') await this.plane.pass(60)
    return reply
  }

  /** Creates what the YAML holds. */
  async make(yaml: string): Promise<void> {
    for (const document of parseAllDocuments(yaml.replaceAll('$NS', this.ns))) {
      const object = document.toJS() as Thing
      const { code, body } = await this.call('POST', this.path(object.kind), object)
      if (code !== 201)
        this.note('refused', {
          kind: 'Refusal',
          metadata: { name: object.metadata?.name },
          code,
          message: body.message ?? body,
        })
    }
  }

  async patch(
    kind: string,
    name: string,
    patch: Json,
    sub = '',
    type = 'application/strategic-merge-patch+json',
  ): Promise<void> {
    const { code, body } = await this.call('PATCH', this.path(kind, name) + sub, patch, type)
    if (code >= 300) this.note('refused', { kind: 'Refusal', metadata: { name }, code, message: body.message ?? body })
  }

  async delete(kind: string, name: string, options: Json = {}): Promise<void> {
    const { code, body } = await this.call('DELETE', this.path(kind, name), options)
    if (code >= 300) this.note('refused', { kind: 'Refusal', metadata: { name }, code, message: body.message ?? body })
  }

  async list(kind: string, query = ''): Promise<Thing[]> {
    const { body } = await this.call('GET', this.path(kind) + query)
    return (body.items ?? []).map((o: Thing) => ({ kind, ...o }))
  }

  /** Changes what becomes of the Pods that the selector chooses. */
  async fate(selector: string, fate: string, count = Number.POSITIVE_INFINITY): Promise<void> {
    const pods = await this.list('Pod', `?labelSelector=${encodeURIComponent(selector)}`)
    pods.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    for (const pod of pods.slice(0, count))
      await this.patch('Pod', pod.metadata.name, { metadata: { annotations: { fate } } })
  }

  async wait(seconds: number): Promise<void> {
    const until = this.plane.now() + seconds * 1000
    while (this.plane.now() < until) {
      if (this.#ticks) await this.kubelets.tick()
      await this.plane.pass(Math.min(250, Math.max(1, until - this.plane.now())))
    }
  }

  /** Waits, and on a busy machine until nothing changes any more. */
  async settle(seconds: number): Promise<void> {
    await this.wait(seconds)
    if (!this.plane.real) return
    let before = ''
    for (let i = 0; i < 8; i++) {
      const lists = await Promise.all(['Pod', 'Event'].map(kind => this.list(kind)))
      const now = lists.flatMap(l => l.map(o => o.metadata.resourceVersion)).join()
      if (now === before) return
      before = now
      await this.wait(0.8)
    }
  }

  note(moment: string, ...objects: Thing[]): void {
    ;(this.seen[moment] ??= []).push(...objects)
  }

  /** Notes everything of the namespace but what is there in every one. */
  async snap(moment: string, ...also: string[]): Promise<void> {
    for (const kind of Object.keys(KINDS)) {
      const objects = await this.list(kind)
      this.note(
        moment,
        ...objects.filter(o => !/^(kube-root-ca|openshift-service-ca).crt$|^default$/.test(o.metadata.name)),
      )
    }
    for (const kind of also) this.note(moment, ...(await this.list(kind)))
  }
}
