/** A small server as a row of a table: names, port and what it is built on. What it does is in `small-server-programs.ts`. */
import { alpineBase, type Base, debianBase } from '../../image.ts'

export interface SmallServer {
  /** Of its program. */
  name: string
  /** With blanks between them. */
  repositories: string
  tags: RegExp
  megabytes: number
  port: number
  base?: Base
  /** What it answers depends on the tag. */
  byTag?: boolean
}

export const alpine = alpineBase()
export const debian = debianBase()
