/** Loads the parts that a request needs. Every adapter awaits this before it calls `answer`. */
import { dynamicAdmission } from '../api/admission/dynamic.ts'
import { nodeRestrictionRules } from '../api/admission/node-restriction.ts'
import { podSecurityChecks } from '../api/admission/pod-security.ts'
import { managedFields } from '../api/apply/index.ts'
import { nodeOf } from '../api/authentication/user.ts'
import { cel } from '../api/cel/part.ts'
import { loadThese, type Part } from '../parts.ts'
import type { Api } from './api.ts'
import { certificateUser } from './authorization/authorization.ts'
import { columnWords } from './encoding/columns.ts'
import type { ApiRequest } from './exchange.ts'
import { parseResourcePath } from './request-info.ts'
import { podProxy } from './subresource.ts'
import { yamlParser } from './yaml/yaml.ts'

/** What has to be loaded before this request can be answered; undefined when it is all there. */
export function missingParts(
  { server, nodes }: Pick<Api, 'server' | 'nodes'>,
  { method, url, headers, body, user, certificate }: ApiRequest,
): Promise<unknown> | undefined {
  const parts: Pick<Part<unknown>, 'load'>[] = []
  if (certificate !== undefined) parts.push(certificateUser)
  if (/yaml/i.test(headers['content-type'] ?? '')) parts.push(yamlParser)
  if (/as\s*=\s*Table/.test(headers.accept ?? '')) parts.push(columnWords)
  if (body.includes('x-kubernetes-validations')) parts.push(cel)
  if (body.includes('pod-security.kubernetes.io')) parts.push(podSecurityChecks)
  const info = parseResourcePath(url.split('?', 1)[0]!)
  if (info) parts.push(managedFields)
  if (info?.subresource === 'proxy') {
    if (info.plural !== 'nodes') parts.push(podProxy)
    else if (nodes) parts.push(nodes.ownPort)
  }
  if (method !== 'GET' && method !== 'HEAD') {
    const mayBeNode = certificate !== undefined || headers['impersonate-user']?.startsWith('system:node:')
    if (mayBeNode || nodeOf(user) !== undefined) parts.push(nodeRestrictionRules)
    const kind = info && server.registry.at(info.group, info.version, info.plural)
    const checks = (kind?.stored?.as ?? kind)?.checks
    if (checks) parts.push(checks)
    if (kind?.checksOfClients) parts.push(kind.checksOfClients)
    if (info?.group === 'admissionregistration.k8s.io') parts.push(dynamicAdmission, cel)
    if (info?.group === 'resource.k8s.io') parts.push(cel)
  }
  return loadThese(parts)
}
