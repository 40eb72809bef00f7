/**
 * Pods that a node runs from files of its own. The API shows a mirror of each; deleting the mirror changes nothing on the
 * node, it is made again.
 */
import type { Client } from '../api/client.ts'
import { node as nodeKind, pod as podKind } from '../api/kinds/index.ts'
import type { Unsaved } from '../api/types.ts'
import type { Random } from '../clock/random.ts'
import { attempt } from './node-reporter.ts'
import type { Pod } from './types.ts'

export type Manifest = Unsaved<Pod> & { metadata: { name: string } }

const CONFIG = 'kubernetes.io/config'

export class StaticPods {
  readonly #client: Client
  readonly #random: Random
  readonly #nodeName: string
  /** By the name of the mirror. */
  readonly #mirrors = new Map<string, Unsaved<Pod>>()

  constructor(client: Client, random: Random, nodeName: string) {
    this.#client = client
    this.#random = random
    this.#nodeName = nodeName
  }

  /** A file appears in the node's manifest directory. */
  add(manifest: Manifest): void {
    const { name, namespace = 'default', annotations, labels } = manifest.metadata
    const hash = this.#random.hex(32)
    const owner = this.#client.find(nodeKind, '', this.#nodeName)
    const mirror: Unsaved<Pod> = {
      ...manifest,
      metadata: {
        name: `${name}-${this.#nodeName}`,
        namespace,
        ...(labels && { labels }),
        annotations: {
          ...annotations,
          [`${CONFIG}.hash`]: hash,
          [`${CONFIG}.mirror`]: hash,
          [`${CONFIG}.source`]: 'file',
        },
        ...(owner && {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Node', name: this.#nodeName, uid: owner.metadata.uid, controller: true },
          ],
        }),
      },
      spec: {
        ...manifest.spec,
        nodeName: this.#nodeName,
        tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
      },
    }
    this.#mirrors.set(key(namespace, mirror.metadata.name!), mirror)
    attempt(() => this.#client.create(podKind, mirror))
  }

  /** The file is gone; its Pod goes with it. */
  remove(name: string, namespace = 'default'): void {
    const mirror = `${name}-${this.#nodeName}`
    if (!this.#mirrors.delete(key(namespace, mirror))) return
    attempt(() => this.#client.delete(podKind, namespace, mirror, { gracePeriodSeconds: 0 }))
  }

  has(pod: Pod): boolean {
    return this.#mirrors.has(key(pod.metadata.namespace ?? '', pod.metadata.name))
  }

  /** Shows a Pod again whose mirror has been deleted. */
  restore(pod: Pod): void {
    const mirror = this.#mirrors.get(key(pod.metadata.namespace ?? '', pod.metadata.name))
    if (mirror) attempt(() => this.#client.create(podKind, mirror))
  }
}

const key = (namespace: string, name: string): string => `${namespace}/${name}`
