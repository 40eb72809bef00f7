/** The interface of volume plugins: the request to set a volume up, its result, and the errors of mounting. */

import type { ConfigMap, Node, PersistentVolume, PersistentVolumeClaim, Secret } from '../../api/types.ts'
import type { Directory, Volume } from '../../runtime/files/fs.ts'
import type { Inode } from '../../runtime/files/tree.ts'
import type { DownwardContext } from '../containers/downward.ts'
import { bytesOf } from '../containers/limits.ts'
import { podLevelResources } from '../resources/pod-resources.ts'
import type { Pod, VolumeSpec } from '../types.ts'

/** The node's storage. */
export interface Disk {
  /** An empty directory of its own. */
  create(options?: { medium?: 'Memory'; limitBytes?: number }): Volume
  /** The node's own tree, for hostPath. */
  readonly host: Directory
  /** Puts there what is installed on the node, before somebody may see it. */
  install(): void
  /** A directory of the node's own tree. */
  at(path: string): Volume
  /** Puts a tree that changes by itself into the node's own. */
  mount?(path: string, tree: Inode): void
}

export interface VolumeSources {
  configMap(namespace: string, name: string): ConfigMap
  secret(namespace: string, name: string): Secret
  claim(namespace: string, name: string): PersistentVolumeClaim
  persistentVolume(name: string): PersistentVolume
  /** The node itself as the API has it. */
  node(): Pick<Node, 'metadata'> | undefined
  /** @returns how to write the token down, which is done where somebody reads it */
  serviceAccountToken(
    pod: Pod,
    request: { audience?: string | undefined; expirationSeconds?: number | undefined },
  ): () => string
}

export interface SetUp {
  pod: Pod
  /** The part of the spec that names the kind; its name is that of the Pod's volume. */
  spec: VolumeSpec
  disk: Disk
  sources: VolumeSources
  downward: DownwardContext
  /** Whether another Pod of the node has this PersistentVolume. */
  isInUse(persistentVolume: string): boolean
  now: number
  /** The same volume as it was set up before; its files are brought up to date. */
  present?: Mounted | undefined
}

export interface Mounted {
  volume: Volume
  readOnly: boolean
  /** Where it lies on the node, unless among what the kubelet keeps for the Pod. */
  nodePath?: string
  /** Below the volume's root: a hostPath may be a single file. */
  subPath?: string
  /** Which ConfigMaps and Secrets its files come from: `configmap/NAMESPACE/NAME`. */
  follows?: readonly string[]
  /** Files from outside that are written as a whole; a subPath of such a volume does not see updates. */
  payload?: boolean
  /** When a token in it has to be asked for anew. */
  refreshAt?: number
  /** Of a volume that is an image: the image is there. */
  filled?: boolean
  /** The name of the PersistentVolume that it is. */
  persistentVolume?: string
}

export interface VolumePlugin {
  /** The field of a volume's spec that this plugin answers for. */
  readonly field: keyof VolumeSpec
  /** @throws Error or StatusError with the text of a FailedMount event */
  setUp(request: SetUp): Mounted
}

/** A step of mounting a PersistentVolume has failed. */
export class MountFailure extends Error {
  readonly step: string
  readonly volume: string

  /** @param volume the PersistentVolume, which messages name instead of the Pod's volume */
  constructor(step: string, volume: string, message: string) {
    super(message)
    this.step = step
    this.volume = volume
  }
}

/** The claim of a volume does not lead to a PersistentVolume that the Pod can use: mounting was not tried. */
export class UnprocessedVolume extends Error {}

/** Wraps the words of a failure the way the volume manager does. @param name of the Pod's volume */
export function mountFailed(name: string, error: unknown): string {
  const [step, volume] = error instanceof MountFailure ? [error.step, error.volume] : ['MountVolume.SetUp failed', name]
  return `${step} for volume "${volume}" : ${error instanceof Error ? error.message : String(error)}`
}

/** Gives a volume's files to the Pod's group, as the policy says: always, or when the top directory is not the group's yet. */
export function giveToGroup(root: Directory, pod: Pod): void {
  const gid = fsGroupOf(pod)
  if (gid === undefined) return
  const top = root.stat('')
  const once = pod.spec.securityContext?.fsGroupChangePolicy === 'OnRootMismatch'
  if (once && top && top.gid === gid && (top.mode & 0o2770) === 0o2770) return
  const give = (path: string): void => {
    const stat = root.stat(path)
    if (stat?.type === 'file') root.write(path, root.read(path) ?? '', { mode: stat.mode | 0o660, gid })
    if (stat?.type !== 'directory') return
    root.mkdir(path, { mode: stat.mode | 0o2770, gid })
    for (const name of root.list(path)) give(path ? `${path}/${name}` : name)
  }
  give('')
}

/** How large a file system in memory is: as much as the Pod as a whole may use, or else what the node has for Pods. */
export const memoryVolumeBytes = (pod: Pod, { allocatable }: DownwardContext): number =>
  bytesOf(podLevelResources(pod).limits.memory ?? allocatable.memory ?? 0)

export const fsGroupOf = (pod: Pod): number | undefined => pod.spec.securityContext?.fsGroup
