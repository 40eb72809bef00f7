/**
 * Pods that a node runs from files of its own. The API shows a mirror of each; deleting the mirror changes nothing on the
 * node, it is made again. A file that says something else ends its Pod, and what it says now begins after that.
 */
import type { Client, WatchEvent } from '../../api/client.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Unsaved } from '../../api/types.ts'
import { fingerprint } from '../../runtime/registry/digest.ts'
import { TIMINGS } from '../timings.ts'
import { CONFIG_HASH as HASH, isStaticPod, type Pod } from '../types.ts'
import { endStatic, type NodeSide, onMirror } from './mirrors.ts'

/** What a file asks for. */
export type Manifest = Unsaved<Pod> & { metadata: { name: string } }

const CONFIG = 'kubernetes.io/config'

export interface StaticPodsOptions extends NodeSide {
  client: Client
  nodeName: string
  isConnected(): boolean
}

interface StaticPod {
  mirror: Unsaved<Pod>
  /** Of the mirror as it was when it was new, with all defaults: what somebody makes of the mirror later does not count. */
  spec?: Pod['spec']
  /** It is being ended; `finished` comes when nothing of it is left. */
  isEnding: boolean
  /** Nothing is left of it, and what is next has not looked yet whether it may begin. */
  isGone?: boolean
  /** What runs then. */
  next?: Unsaved<Pod>
}

export class StaticPods {
  readonly #options: StaticPodsOptions
  /** By namespace and name of the mirror. */
  readonly #pods = new Map<string, StaticPod>()
  /** The uids of mirrors that were asked to go. */
  readonly #leaving = new Set<string>()

  constructor(options: StaticPodsOptions) {
    this.#options = options
  }

  /** Whether any is known, running or not. */
  get any(): boolean {
    return this.#pods.size > 0
  }

  /** The files say this now, each by its path; of several with one name the one that runs goes on, or else the first begins. */
  set(manifests: ReadonlyMap<string, Manifest>): void {
    const wanted = new Map<string, Unsaved<Pod>>()
    for (const [path, manifest] of manifests) {
      const mirror = this.#mirrorOf(path, manifest)
      const key = keyOf(mirror)
      const present = this.#pods.get(key)
      if (!wanted.has(key) || (present && hashOf(present.mirror) === hashOf(mirror))) wanted.set(key, mirror)
    }
    for (const key of [...this.#pods.keys()]) if (!wanted.has(key)) this.#replace(key, undefined)
    for (const [key, mirror] of wanted) {
      const present = this.#pods.get(key)
      if (!present) this.#begin(key, mirror)
      else if (present.isEnding || hashOf(present.mirror) !== hashOf(mirror)) this.#replace(key, mirror)
    }
  }

  #replace(key: string, next: Unsaved<Pod> | undefined): void {
    const pod = this.#pods.get(key)!
    const isSame = next && pod.next && hashOf(pod.next) === hashOf(next)
    if (next && !isSame) {
      pod.next = next
      this.#beginLater(key, next)
    } else if (!next) {
      delete pod.next
      if (pod.isGone) this.#forget(key, pod)
    }
    if (pod.isEnding) return
    const { namespace = '', name = '' } = pod.mirror.metadata
    pod.isEnding = true
    if (endStatic(this.#options, { namespace, name })) return
    this.#pods.delete(key)
    if (next) this.#begin(key, next)
  }

  /** Nothing is to run by this name any more. */
  #forget(key: string, { mirror }: StaticPod): void {
    const { client, removePod } = this.#options
    this.#pods.delete(key)
    const shown = client.find(podKind, mirror.metadata.namespace ?? '', mirror.metadata.name ?? '')
    if (shown && isStaticPod(shown)) removePod(shown)
  }

  /** What is to take a name that is not free yet looks now and then whether it is. */
  #beginLater(key: string, next: Unsaved<Pod>): void {
    const { clock, random } = this.#options
    const look = (): void => {
      const before = this.#pods.get(key)
      if (before?.next !== next) return
      if (!before.isGone) {
        this.#beginLater(key, next)
        return
      }
      this.#pods.delete(key)
      this.#begin(key, next)
    }
    clock.after(TIMINGS.backOffPeriod * (1 + random.float() / 2), look)
  }

  /** Nothing is left of a Pod. */
  finished(pod: Pick<Pod, 'metadata'> | Unsaved<Pod>): void {
    const key = keyOf(pod)
    const found = this.#pods.get(key)
    if (!found?.isEnding) return
    if (found.next) found.isGone = true
    else this.#pods.delete(key)
  }

  /** The kubelet's process has ended, and with it what it was about. */
  stop(): void {
    this.#leaving.clear()
    for (const [key, pod] of this.#pods) {
      pod.isEnding = false
      delete pod.next
      if (pod.isGone) this.#pods.delete(key)
    }
  }

  #begin(key: string, mirror: Unsaved<Pod>): void {
    this.#pods.set(key, { mirror, isEnding: false })
    this.#show(mirror)
  }

  /** Makes the mirror. Where the API will not have it, its namespace may come, or its name become free: it is asked again. */
  #show(mirror: Unsaved<Pod>): void {
    const { client, clock, isConnected } = this.#options
    const { namespace = '', name = '' } = mirror.metadata
    if (this.#pods.get(keyOf(mirror))?.mirror !== mirror) return
    try {
      if (isConnected()) {
        const present = client.find(podKind, namespace, name)
        const isOld = present && isStaticPod(present) && hashOf(present) !== hashOf(mirror)
        if (isOld) this.#options.removePod(present)
        if (!present || isOld) client.create(podKind, mirror)
        if (!present || isStaticPod(present)) return
      }
    } catch {
      // The kubelet only logs why.
    }
    clock.after(TIMINGS.fileCheck, () => this.#show(mirror), { quiet: true })
  }

  /** The API has told of a Pod. @returns whether it is a mirror, and there is no more to do */
  heard(type: WatchEvent<Pod>['type'], pod: Pod): boolean {
    const { uid, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata
    // Also where its file has gone meanwhile.
    const isForced = type === 'DELETED' && !this.#leaving.delete(uid)
    if (!this.#of(pod)) return false
    if (type !== 'DELETED' && deletionTimestamp && deletionGracePeriodSeconds) this.#leaving.add(uid)
    return onMirror(this.#options, type, pod, { isForced, restore: () => this.#restore(pod) })
  }

  /** The file's Pod that this is the mirror of; others may have such a name. */
  #of(mirror: Pod): StaticPod | undefined {
    return isStaticPod(mirror) ? this.#pods.get(keyOf(mirror)) : undefined
  }

  /** A mirror's Pod as the node runs it. */
  asRun(mirror: Pod): Pod {
    const found = this.#of(mirror)
    // The mirror of a Pod that came before is still told of when the next has begun.
    if (!found || hashOf(found.mirror) !== hashOf(mirror)) return mirror
    found.spec ??= mirror.spec
    // A file's Pod has no generation, whatever its mirror has.
    const { generation: _, ...metadata } = mirror.metadata
    return { ...mirror, metadata, spec: found.spec }
  }

  /** Whether a Pod is ended because of its file: its mirror is told no more. */
  isEnding(pod: Pod): boolean {
    return this.#of(pod)?.isEnding ?? false
  }

  /** Whether a mirror stays for now, for the Pod that takes its place. */
  keeps(pod: Pod): boolean {
    return this.#of(pod)?.next !== undefined
  }

  /** Shows a Pod again whose mirror has been deleted. */
  #restore(pod: Pod): void {
    const found = this.#pods.get(keyOf(pod))
    if (found && !found.isEnding) this.#show(found.mirror)
  }

  #mirrorOf(path: string, manifest: Manifest): Unsaved<Pod> {
    const { client, clock, nodeName } = this.#options
    const { name, namespace = 'default', annotations, labels } = manifest.metadata
    const hash = fingerprint(`${nodeName} ${path} ${JSON.stringify(manifest)}`).slice(0, 32)
    const owner = client.find(nodeKind, '', nodeName)
    const everyNoExecute = { effect: 'NoExecute', operator: 'Exists' } as const
    return {
      ...manifest,
      metadata: {
        name: `${name}-${nodeName.toLowerCase()}`,
        namespace,
        ...(labels && { labels }),
        annotations: {
          ...annotations,
          [HASH]: hash,
          [`${CONFIG}.mirror`]: hash,
          [`${CONFIG}.seen`]: clock.microTimestamp().replace(/\.?0+Z$/, 'Z'),
          [`${CONFIG}.source`]: 'file',
        },
        ...(owner && {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Node', name: nodeName, uid: owner.metadata.uid, controller: true },
          ],
        }),
      },
      spec: { ...manifest.spec, nodeName, tolerations: [...(manifest.spec.tolerations ?? []), everyNoExecute] },
    }
  }
}

const keyOf = ({ metadata }: Pick<Pod, 'metadata'> | Unsaved<Pod>): string =>
  `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`

/** Of what a file says. Nobody may change this annotation of a mirror. */
const hashOf = ({ metadata }: Pick<Pod, 'metadata'> | Unsaved<Pod>): string | undefined =>
  metadata?.annotations?.[`${CONFIG}.mirror`]
