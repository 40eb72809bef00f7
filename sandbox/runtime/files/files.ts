/** Open files as streams: regular ones with a position, fifos, devices. */
import { errno } from '../errno.ts'
import type { Proc } from '../processes/proc.ts'
import type { OpenedFile, Process, Stream } from '../processes/process.ts'
import { appendText, contentsOf, setText } from './contents.ts'
import { Fifo } from './fifo.ts'
import type { Inode } from './tree.ts'

export function openInode(inode: Inode, how: 'r' | 'w' | 'a' | 'rw', viewer: Process | undefined): Stream {
  if (inode.dynamic?.open) return inode.dynamic.open(viewer, how)
  if (inode.type === 'fifo') return (inode.fifo ??= new Fifo()).open(how)
  return new OpenFile(inode, how, viewer)
}

const lengthOf = ({ text, zeros = 0 }: Inode): number => text.length + zeros

const ZEROS = '\0'.repeat(65_536)

class OpenFile implements Stream {
  readonly isTerminal = false
  whenClosed?: () => void
  readonly #inode: Inode
  readonly #how: 'r' | 'w' | 'a' | 'rw'
  readonly #dynamic: string | undefined
  #position = 0

  constructor(inode: Inode, how: 'r' | 'w' | 'a' | 'rw', viewer: Process | undefined) {
    this.#inode = inode
    this.#how = how
    this.#dynamic = inode.dynamic?.read?.(viewer)
  }

  get file(): OpenedFile | undefined {
    const inode = this.#inode
    if (inode.dynamic) return undefined
    return { identity: inode, left: Math.max(0, lengthOf(inode) - this.#position) }
  }

  read(_process: Process, max = 65_536): Promise<string> {
    if (this.#how === 'w' || this.#how === 'a') return Promise.reject(errno('EBADF'))
    if (this.#inode.type === 'directory') return Promise.reject(errno('EISDIR'))
    const text = this.#dynamic ?? this.#inode.text
    let data = text.slice(this.#position, this.#position + max)
    const { zeros = 0 } = this.#inode
    if (!data && zeros) data = ZEROS.slice(0, Math.min(max, text.length + zeros - this.#position))
    this.#position += data.length
    return Promise.resolve(data)
  }

  async write(process: Process, data: string): Promise<void> {
    if (this.#how === 'r') throw errno('EBADF')
    const inode = this.#inode
    const payer = (process as Proc).world.cgroup
    if (inode.dynamic) return inode.dynamic.write?.(process, data)
    if (this.#how === 'a' || this.#position === lengthOf(inode)) {
      appendText(inode, data, payer)
      this.#position = lengthOf(inode)
      return
    }
    const text = contentsOf(inode)
    // Truncated from elsewhere: the hole reads as NUL characters.
    const before = text.slice(0, this.#position).padEnd(this.#position, '\0')
    setText(inode, before + data + text.slice(this.#position + data.length), payer)
    this.#position += data.length
  }

  close(): void {
    this.whenClosed?.()
  }
}
