/** The names of the real server's internal Go types, where a message shows them. */
import type { KindDef } from '../../api/kind.ts'

export function goTypeOf({ kind, group, custom }: KindDef, suffix = ''): string {
  if (custom) return `*unstructured.Unstructured${suffix}`
  const room = group === '' || group === 'events.k8s.io' ? 'core' : group.split('.', 1)[0]!
  return `*${room}.${kind}${suffix}`
}
