/** CertificateSigningRequests: asked for, approved or denied, and signed by whoever signs in this cluster. */
import { within } from '../../parts.ts'
import { humanDuration } from '../formats/duration.ts'
import { type Draft, defineKind } from '../kind.ts'
import type { CertificateSigningRequest } from '../types.ts'
import { age, name } from './columns.ts'
import { rare } from './validation/parts.ts'

const APPROVALS = ['Approved', 'Denied']

/** As kubectl and the printer say it. */
function condition({ status }: CertificateSigningRequest): string {
  const types = new Set((status.conditions ?? []).map(c => c.type))
  const words = [types.has('Denied') ? 'Denied' : types.has('Approved') ? 'Approved' : 'Pending']
  if (types.has('Failed')) words.push('Failed')
  if (status.certificate) words.push('Issued')
  return words.join(',')
}

/** What a status or an approval leaves open about its conditions. */
export function completeConditions(draft: Draft, old: CertificateSigningRequest, now: string): void {
  const was = old.status.conditions ?? []
  if (!draft.status?.conditions) return
  const conditions = draft.status.conditions.map((c: Draft) => ({
    ...c,
    lastUpdateTime: c.lastUpdateTime ?? now,
    lastTransitionTime:
      c.lastTransitionTime ?? was.find(o => o.type === c.type && o.status === c.status)?.lastTransitionTime ?? now,
  }))
  draft.status = { ...draft.status, conditions }
}

export const certificateSigningRequest = defineKind<CertificateSigningRequest>({
  group: 'certificates.k8s.io',
  version: 'v1',
  kind: 'CertificateSigningRequest',
  plural: 'certificatesigningrequests',
  shortNames: ['csr'],
  namespaced: false,
  subresources: ['approval', 'status'],
  ownerless: ['spec'],
  selectableFields: ({ spec }) => ({ 'spec.signerName': spec.signerName ?? '' }),
  setDefaults(request) {
    request.spec ??= {}
    request.status ??= {}
  },
  prepareForUpdate(draft, old) {
    draft.spec = old.spec
    draft.status = old.status
  },
  prepareForStatusUpdate(draft, old, { now }) {
    // Approvals come through their own subresource; here they stay as they were.
    const kept = (old.status.conditions ?? []).filter(c => APPROVALS.includes(c.type ?? ''))
    const conditions = draft.status?.conditions?.map((c: Draft) => kept.find(k => k.type === c.type) ?? c)
    if (conditions) draft.status = { ...draft.status, conditions }
    completeConditions(draft, old, now)
  },
  checks: within(rare, checks => checks.certificateSigningRequest),
  columns: [
    name,
    age,
    { name: 'SignerName', cell: r => r.spec.signerName || '<none>' },
    { name: 'Requestor', cell: r => r.spec.username ?? '' },
    {
      name: 'RequestedDuration',
      cell: r => (r.spec.expirationSeconds == null ? '<none>' : humanDuration(r.spec.expirationSeconds * 1000)),
    },
    { name: 'Condition', cell: condition },
  ],
})
