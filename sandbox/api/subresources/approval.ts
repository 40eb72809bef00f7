/** certificatesigningrequests/NAME/approval: the only place where a request is approved or denied. */
import { invalidObject } from '../fields.ts'
import { clone } from '../formats/json.ts'
import { askedMetadata, refuseOtherName } from '../kept.ts'
import type { Draft, KindDef } from '../kind.ts'
import { completeConditions } from '../kinds/certificatesigningrequest.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import { modifiedSince } from '../status.ts'
import type { CertificateSigningRequest, KubeObject } from '../types.ts'

export function approveRequest(
  server: ApiServer,
  kind: KindDef,
  name: string,
  change: (old: Draft) => Draft,
  options: RequestOptions,
): KubeObject {
  const old = server.get(kind, '', name) as CertificateSigningRequest
  const asked: Draft = change(clone(old))
  refuseOtherName(asked, name)
  const given = asked.metadata?.resourceVersion
  if (given && given !== old.metadata.resourceVersion) throw modifiedSince(kind, name)
  completeConditions(asked, old, server.clock.timestamp())
  const { conditions: _replaced, ...rest } = old.status
  const conditions = asked.status?.conditions
  const draft: Draft = {
    ...old,
    metadata: askedMetadata(asked, old),
    status: { ...rest, ...(conditions?.length && { conditions }) },
  }
  const errors = kind.checks?.now.validateSubresource?.approval?.(draft, old) ?? []
  if (errors.length) throw invalidObject(kind.kind, kind.group, name, errors)
  return server.replace(kind, old, draft, { ...options, subresource: 'approval' })
}
