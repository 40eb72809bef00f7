/**
 * Managed fields of writes that the control plane makes: noted at the write in a few words, and worked out only when a
 * client looks at an object or writes to it.
 */
import { deepFreeze } from '../../store/freeze.ts'
import type { UserInfo } from '../authentication/user.ts'
import { clone } from '../formats/json.ts'
import type { Draft, KindContext, KindDef } from '../kind.ts'
import type { KubeObject, ManagedFieldsEntry } from '../types.ts'
import { managedFields } from './index.ts'
import type { Writer } from './managed-fields.ts'

/** How an object has come about: as `before` it was owned as `previous` says, or as its own managedFields say. */
class Note implements Writer {
  readonly manager: string
  readonly subresource: string
  readonly operation: Writer['operation']
  readonly now: string
  before: KubeObject | undefined
  /** Of a new object, what its maker asked for: what admission adds is nobody's. */
  sent: object | undefined
  readonly context: KindContext | undefined
  previous: Note | undefined
  readonly length: number
  /** Once somebody has wanted to know. */
  entries: readonly ManagedFieldsEntry[] | undefined = undefined

  constructor(
    { manager, subresource, operation }: Writer,
    now: string,
    before: KubeObject | undefined,
    previous: Note | undefined,
    length: number,
    made: { object: object; context: KindContext } | undefined,
  ) {
    this.manager = manager
    this.subresource = subresource
    this.operation = operation
    this.now = now
    this.before = before
    this.sent = made?.object
    this.context = made?.context
    this.previous = previous
    this.length = length
  }

  /** What comes after is a tale of its own. */
  get ends(): boolean {
    return this.length >= MAX_LENGTH
  }
}

/** A longer tale is worked out and let go, so that it does not hold on to every state that an object ever had. */
const MAX_LENGTH = 16

/** What the system itself writes, such as a binding or the time of a deletion, is managed by nobody. */
export const NOBODY = ''

/** The program that a user of the control plane is. */
export function managerOf({ username }: UserInfo): string {
  if (username.startsWith('system:serviceaccount:kube-system:')) return 'kube-controller-manager'
  if (username.startsWith('system:node:')) return 'kubelet'
  return username === 'system:kube-scheduler' ? 'kube-scheduler' : 'kube-apiserver'
}

const notes = new WeakMap<KubeObject, Note>()

/** To be told of every write whose object does not say itself who manages it. */
export function noteWrite(
  kind: KindDef,
  old: KubeObject | undefined,
  now: KubeObject,
  writer: Writer,
  made?: { object: object; context: KindContext },
): void {
  const { manager, subresource } = writer
  const previous = old && notes.get(old)
  if (previous?.sent && manager === NOBODY) {
    notes.set(now, previous)
    return
  }
  // What somebody does in a row is one change, whether somebody has looked in between or not.
  const goesOn =
    previous && !previous.ends && !previous.sent && previous.manager === manager && previous.subresource === subresource
  const note = goesOn
    ? new Note(previous, writer.now, previous.before, previous.previous, previous.length, undefined)
    : new Note(writer, writer.now, old, previous, (previous && !previous.ends ? previous.length : 0) + 1, made)
  notes.set(now, note)
  if (!note.ends || managedFields.load()) return
  ownersOf(kind, now)
  note.before = note.previous = note.sent = undefined
}

/** metadata.managedFields as they are in truth. The keeping of managed fields must be loaded. */
function ownersOf(kind: KindDef, object: KubeObject): readonly ManagedFieldsEntry[] {
  const last = notes.get(object)
  if (!last) return object.metadata.managedFields ?? []
  const steps: { note: Note; after: KubeObject }[] = []
  let after = object
  for (let note: Note | undefined = last; note && !note.entries; note = note.previous) {
    steps.push({ note, after })
    if (note.before) after = note.before
  }
  for (const { note, after } of steps.reverse()) {
    const { before, previous, manager } = note
    const known = previous?.entries ?? before?.metadata.managedFields ?? []
    // Of what nobody has managed so far, nobody begins to.
    const isUnowned = before && !known.length
    note.entries = deepFreeze(
      manager === NOBODY || isUnowned
        ? known
        : managedFields.now.ownersAfter(kind, known, before, asked(kind, note) ?? after, note),
    )
  }
  return last.entries!
}

/** What the maker of a new object asked for, with its defaults. */
function asked(kind: KindDef, { sent, context }: Note): Draft | undefined {
  if (!sent || !context) return undefined
  const draft: Draft = clone(sent)
  kind.setDefaults?.(draft, context)
  return draft
}

/** The object with its managedFields, as clients see it; itself where they stand in it already. */
export function withOwners<T extends KubeObject>(kind: KindDef, object: T): T {
  const note = notes.get(object)
  if (!note) return object
  const entries = ownersOf(kind, object)
  const { managedFields: _own, ...metadata } = object.metadata
  return { ...object, metadata: { ...metadata, ...(entries.length && { managedFields: entries }) } }
}
