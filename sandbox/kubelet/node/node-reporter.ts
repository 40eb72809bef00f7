/** The node in the API: registered once, its status written when it changes, its lease renewed as long as the kubelet lives. */
import type { Client } from '../../api/client.ts'
import { InFlight } from '../../api/egress/outside.ts'
import { deepEqual } from '../../api/formats/json.ts'
import { lease } from '../../api/kinds/lease.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { isConflict, isNotFound } from '../../api/status.ts'
import type { KubeObject, Node, Unsaved } from '../../api/types.ts'
import type { Clock } from '../../clock/clock.ts'
import type { ContainerRuntime, ImageInfo } from '../../runtime/cri.ts'
import type { Pressure } from '../eviction/eviction.ts'
import { TIMINGS } from '../timings.ts'
import type { EventType } from '../types.ts'
import {
  type Condition,
  type Machine,
  type NodeOptions,
  nodeConditions,
  nodeLabels,
  nodeStatus,
} from './node-status.ts'

const LEASE_NAMESPACE = 'kube-node-lease'
const LEASE_SECONDS = 40
/** What is told of a condition when it comes to hold, and when it ceases to. */
const EVENTS: Readonly<Record<string, readonly [holds: string, ceases: string]>> = {
  MemoryPressure: ['NodeHasInsufficientMemory', 'NodeHasSufficientMemory'],
  DiskPressure: ['NodeHasDiskPressure', 'NodeHasNoDiskPressure'],
  PIDPressure: ['NodeHasInsufficientPID', 'NodeHasSufficientPID'],
  Ready: ['NodeReady', 'NodeNotReady'],
}

export interface ReporterOptions {
  client: Client
  clock: Clock
  runtime: ContainerRuntime
  node: NodeOptions
  machine: Machine
  event(about: KubeObject, type: EventType, reason: string, message: string): void
}

export class NodeReporter {
  readonly #options: ReporterOptions
  #known: Node | undefined
  #reportedAt = 0
  /** What the stored status was last found to agree with: from the same comes the same. */
  #told: { node: Node; images: readonly ImageInfo[]; ready: boolean; pressures: readonly Pressure[] } | undefined
  /** Whether the node was found to be kept from new Pods. */
  #unschedulable = false
  /** Whether this process has registered its node. */
  #isRegistered = false
  ready = false
  /** What the node is short of, or has been within the last minutes. */
  pressures: readonly Pressure[] = []

  constructor(options: ReporterOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.node.name
  }

  /** What Pods are held against: the node as the API has it, or had it when last asked, or as it registers itself. */
  get node(): Pick<Node, 'metadata' | 'spec'> {
    this.#known = this.#registered ?? this.#known
    return this.#known ?? (this.#registration as Node)
  }

  get #registered(): Node | undefined {
    return this.#options.client.find(nodeKind, '', this.name)
  }

  get #registration(): Unsaved<Node> {
    const { node } = this.#options
    return {
      metadata: {
        name: node.name,
        labels: nodeLabels(node),
        annotations: {
          'node.alpha.kubernetes.io/ttl': '0',
          'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
        },
      },
      spec: {
        podCIDR: node.podCIDR,
        podCIDRs: [node.podCIDR],
        ...(node.taints.length && { taints: node.taints.map(t => ({ ...t })) }),
      },
    }
  }

  /** A kubelet's process begins, and knows nothing of its node yet. */
  begin(): void {
    this.ready = false
    this.#isRegistered = false
    this.#unschedulable = false
    this.pressures = []
    this.event('Normal', 'Starting', 'Starting kubelet.')
    // Images are looked after before the first measure of their disk has been taken.
    this.event('Warning', 'InvalidDiskCapacity', 'invalid capacity 0 on image filesystem')
  }

  register(): void {
    this.#isRegistered = true
    const isNew = !this.#registered
    // Control groups are set up for the node of the API, or for one that is described here as long as there is none.
    if (isNew) this.#describe()
    this.event('Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods')
    this.#describe()
    if (isNew) attempt(() => this.#options.client.create(nodeKind, this.#registration))
    this.report(true)
    this.renewLease()
  }

  /** The node as it registers itself is healthy, which is news whatever the API says of it. */
  #describe(): void {
    for (const { type, status } of this.#conditions(undefined)) if (type !== 'Ready') this.#tell(type, status)
  }

  becomeReady(): void {
    if (!this.#isRegistered) this.register()
    this.ready = true
    this.report(true)
  }

  /** Writes the node's status when something has changed, and otherwise now and then. */
  report(force = false): void {
    const { client, clock, node, runtime, machine } = this.#options
    const current = this.#registered
    if (!current) return
    this.#noteSchedulable(current)
    const due = clock.now() - this.#reportedAt >= TIMINGS.nodeStatusReport
    const images = runtime.images()
    const { ready, pressures } = this
    const told = this.#told
    const isOld =
      told?.node === current && told.images === images && told.ready === ready && told.pressures === pressures
    if (!force && !due && isOld) return
    const conditions = this.#conditions(current.status.conditions)
    this.#tellChanges(current.status, conditions)
    const status = {
      ...current.status,
      ...nodeStatus(current.status, node, machine, runtime.version, images, conditions),
    }
    if (!force && !due && deepEqual(withoutHeartbeat(status), withoutHeartbeat(current.status))) {
      this.#told = { node: current, images, ready, pressures }
      return
    }
    this.#reportedAt = clock.now()
    attempt(() => client.updateStatus(nodeKind, { ...current, status }))
  }

  #conditions(old: readonly Condition[] | undefined): Condition[] {
    return nodeConditions(this, old, this.#options.clock.timestamp())
  }

  /** Tells of what the stored status did not say yet. What it says nothing of has just been registered. */
  #tellChanges({ conditions, nodeInfo }: Node['status'], now: readonly Condition[]): void {
    const { bootID } = this.#options.machine
    if (nodeInfo?.bootID && nodeInfo.bootID !== bootID)
      this.event('Warning', 'Rebooted', `Node ${this.name} has been rebooted, boot id: ${bootID}`)
    for (const { type, status } of now) {
      const before = conditions?.find(c => c.type === type)
      if (before && before.status !== status) this.#tell(type, status)
    }
  }

  #noteSchedulable({ spec: { unschedulable = false } }: Node): void {
    if (unschedulable === this.#unschedulable) return
    this.#unschedulable = unschedulable
    this.#tellStatus(unschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable')
  }

  #tell(type: string, status: string): void {
    const reasons = EVENTS[type]
    if (reasons) this.#tellStatus(reasons[status === 'True' ? 0 : 1])
  }

  #tellStatus(reason: string): void {
    this.event('Normal', reason, `Node ${this.name} status is now: ${reason}`)
  }

  renewLease(): void {
    const { client, clock, node } = this.#options
    const renewTime = clock.microTimestamp()
    attempt(() => {
      const current = client.find(lease, LEASE_NAMESPACE, node.name)
      if (current) {
        client.update(lease, { ...current, spec: { ...current.spec, holderIdentity: node.name, renewTime } })
        return
      }
      const owner = this.#registered
      client.create(lease, {
        metadata: {
          name: node.name,
          namespace: LEASE_NAMESPACE,
          ...(owner && {
            ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node.name, uid: owner.metadata.uid }],
          }),
        },
        spec: { holderIdentity: node.name, leaseDurationSeconds: LEASE_SECONDS, renewTime },
      })
    })
  }

  /** Events of a node name it without its uid, which the kubelet does not look up: kubectl describe does not find them. */
  event(type: EventType, reason: string, message: string): void {
    const about = { apiVersion: 'v1', kind: 'Node', metadata: { name: this.name } }
    this.#options.event(about as KubeObject, type, reason, message)
  }
}

/** What the API refuses at the moment is tried again at the next beat; what waits for webhooks, when they have answered. */
export function attempt(write: () => unknown): void {
  try {
    write()
  } catch (error) {
    if (error instanceof InFlight) error.whenAnswered(() => attempt(write))
    else if (!isNotFound(error) && !isConflict(error)) throw error
  }
}

function withoutHeartbeat(status: Node['status']): unknown {
  return { ...status, conditions: status.conditions?.map(({ lastHeartbeatTime: _, ...rest }) => rest) }
}
