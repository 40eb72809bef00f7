/**
 * The spec that was found sound last. A controller makes thousands of Pods of one template, whose specs differ in nothing
 * but the name that their token's volume was given, and no rule tells one such name from another.
 */
import type { Draft } from '../../../kind.ts'

const TOKEN_VOLUME = /^kube-api-access-[a-z0-9]{5}$/

let sound: { spec: Draft; token: string | undefined } | undefined

/** Only what hangs on the spec alone; those whose rules look at the Pod's name as well are not remembered. */
export function foundSound({ metadata, spec }: Draft): void {
  if (metadata.annotations || spec.resourceClaims || spec.volumes?.some((v: Draft) => v.ephemeral)) return
  sound = { spec, token: tokenVolumeOf(spec) }
}

/** A spec that was not stored may have been changed since. */
export const isSound = ({ metadata, spec }: Draft): boolean =>
  sound !== undefined &&
  !metadata.annotations &&
  Object.isFrozen(sound.spec) &&
  alike(spec, sound.spec, tokenVolumeOf(spec), sound.token)

function tokenVolumeOf({ volumes }: Draft): string | undefined {
  // Admission adds it after all others.
  const name: unknown = volumes?.[volumes.length - 1]?.name
  return typeof name === 'string' && TOKEN_VOLUME.test(name) ? name : undefined
}

/** Equal, where the one says `mine` and the other `theirs` in the same places. */
function alike(a: Draft, b: Draft, mine: string | undefined, theirs: string | undefined): boolean {
  if (typeof a === 'string') return a === mine ? b === theirs : a === b && b !== theirs
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!alike(a[i], b[i], mine, theirs)) return false
    return true
  }
  if (Array.isArray(b)) return false
  let extra = 0
  for (const key in b) if (b[key] !== undefined) extra++
  for (const key in a) {
    if (a[key] === undefined) continue
    if (!Object.hasOwn(b, key) || !alike(a[key], b[key], mine, theirs)) return false
    extra--
  }
  return extra === 0
}
