/** A session's seal: of the record and of the history that it gave. Who changes one of them by hand breaks it. */
import { canonical, Hash } from './hash.ts'
import type { SessionRecord } from './session.ts'

/** @param hash of the session whose record it is, at that moment */
export const sealOf = (record: SessionRecord, hash: string): string =>
  new Hash().add(canonical(record)).add(`\n${hash}`).digest()
