/** An image as a node keeps it: unpacked, with what its manifest says. */

import { Disk, type Inode, newInode } from '../files/tree.ts'
import { directory } from '../files/volume.ts'
import type { DeclaredImage } from '../images/declared/declared.ts'
import type { Image } from '../images/image.ts'
import { versionOf } from '../images/versions.ts'
import { digestOf, fingerprint } from './digest.ts'
import type { ImageSpec } from './image-spec.ts'
import { familiar, type ImageReference } from './reference.ts'
import { type Registries, resolveImage } from './registry.ts'

/** Unpacked images, the same for all nodes: nobody writes to them. */
const unpacked = new WeakMap<Image, Map<string, Inode>>()

function unpack(image: Image, tag: string): Inode {
  let tags = unpacked.get(image)
  if (!tags) unpacked.set(image, (tags = new Map()))
  let root = tags.get(tag)
  if (!root) {
    const built = Date.UTC(2025, 10, 4)
    const disk = new Disk({ type: 'overlay', clock: { now: () => built } })
    root = newInode(disk, 'directory')
    const tree = directory(root)
    const base = image.baseOf?.(tag) ?? image.base
    base(tree)
    image.files?.(tree, tag)
    disk.sealed = true
    tags.set(tag, root)
  }
  return root
}

/** What is known of images by their names, the same for all nodes. */
const described = new WeakMap<Image, Map<string, ImageSpec>>()

/** @throws RuntimeError with containerd's words */
export function imageSpec(name: string, declared?: readonly DeclaredImage[], registries?: Registries): ImageSpec {
  const { image, reference, tag } = resolveImage(name, declared, registries)
  const full = familiar(reference)
  let known = described.get(image)
  if (!known) described.set(image, (known = new Map()))
  let spec = known.get(full)
  if (!spec) known.set(full, (spec = describe(image, reference, tag)))
  return spec
}

function describe(image: Image, reference: ImageReference, tag: string): ImageSpec {
  const full = familiar(reference)
  const env = { ...image.env }
  const { version } = image
  if (version) env[version.variable] = versionOf(version, tag) + (version.suffix ?? '')
  return {
    info: {
      name: full,
      id: `sha256:${fingerprint(`config ${image.repositories[0]}:${tag}`)}`,
      digest: reference.digest ? full : `${reference.repository}@${digestOf(image.repositories[0] ?? '', tag)}`,
      bytes: Math.round(image.megabytes * 1_048_576),
      user: image.user ?? '',
    },
    rootfs: unpack(image, tag),
    entrypoint: image.entrypoint ?? [],
    cmd: image.cmdOf?.(tag) ?? image.cmd ?? [],
    env,
    workingDir: image.workingDir ?? '',
    user: image.user ?? '',
    stopSignal: image.stopSignal ?? 'TERM',
  }
}
