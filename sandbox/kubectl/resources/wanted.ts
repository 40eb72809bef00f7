/** The resources that a command line or a file refers to, and those that were found. */
import type { CallOptions } from '../client/client.ts'
import type { Mapping } from '../client/discovery.ts'
import type { Obj } from '../objects.ts'

/** One object, or the place where one is or will be. */
export interface Info {
  mapping: Mapping
  /** '' for what belongs to no namespace. */
  namespace: string
  name: string
  /** The file that it was read from; '' when asked of the server. */
  source: string
  object?: Obj
}

export interface Wanted {
  /** TYPE NAME…, TYPE/NAME… */
  args?: readonly string[]
  filenames?: readonly string[]
  kustomize?: string
  recursive?: boolean
  selector?: string
  fieldSelector?: string
  all?: boolean
  allNamespaces?: boolean
  /** Types alone mean all of them. */
  allowEmptySelector?: boolean
  singleType?: boolean
  continueOnError?: boolean
  /** Ask the server for each: the default, except for what comes from files. */
  fetch?: boolean
  /** Ask the server even for what comes from files. */
  latest?: boolean
  /** Lists are taken apart: the default. */
  flatten?: boolean
  validate?: boolean
  /** What comes from files keeps to what it says of its namespace. */
  asWritten?: boolean
  local?: boolean
  subresource?: string
  request?: CallOptions
  chunkSize?: number
}

/** An error of one object alone is told where it stands; those of a search are told together. */
export type Found = { info: Info } | { error: Error; alone?: true }
