/** What a node knows of an image that it has. */
import type { ImageInfo } from '../cri.ts'
import type { Inode } from '../files/tree.ts'
import type { Signal } from '../processes/process.ts'

export interface ImageSpec {
  info: ImageInfo
  /** The unpacked file system, shared by all containers of the image. */
  rootfs: Inode
  entrypoint: readonly string[]
  cmd: readonly string[]
  env: Readonly<Record<string, string>>
  workingDir: string
  user: string
  stopSignal: Signal
}
