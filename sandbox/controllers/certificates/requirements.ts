/** The requirements of Kubernetes' own signers, each with its words for a request that fails it. */
import type { Request } from '../../crypto/certificate.ts'
import { countAlternatives, fieldsOf } from '../../crypto/issue.ts'

const NODES = 'system:nodes'
const NODE = 'system:node:'

/** @returns why not */
type Requirement = (request: Request, usages: readonly string[]) => string | undefined

const forClients: Requirement = (_request, usages) => {
  const other = usages.find(usage => !['digital signature', 'key encipherment', 'client auth'].includes(usage))
  if (other) return `invalid usage for client certificate: ${other}`
  return usages.includes('client auth') ? undefined : 'missing required usage for client certificate: client auth'
}

/** Those of keys that are none of RSA leave one out. */
const hasUsages = (usages: readonly string[], wanted: readonly string[]): boolean => {
  const given = [...new Set(usages)].sort().join()
  return given === wanted.join() || given === wanted.filter(usage => usage !== 'key encipherment').join()
}

const SERVING = ['digital signature', 'key encipherment', 'server auth']
const CLIENT = ['client auth', 'digital signature', 'key encipherment']

const isOfNodes = (request: Request): boolean => fieldsOf(request.subject).get('O')?.join() === NODES
const isNamedNode = (request: Request): boolean =>
  fieldsOf(request.subject).get('CN')?.at(-1)?.startsWith(NODE) ?? false

const OTHER_ORGANIZATION = `subject organization is not ${NODES}`
const OTHER_NAME = `subject common name does not begin with ${NODE}`
const otherUsages = (wanted: readonly string[]): string => `usages did not match [${wanted.join(' ')}]`

const forServing: Requirement = (request, usages) => {
  const { dns, ip, email, uri } = countAlternatives(request)
  if (!isOfNodes(request)) return OTHER_ORGANIZATION
  if (!dns && !ip) return 'DNS or IP subjectAltName is required'
  if (email) return 'Email subjectAltNames are not allowed'
  if (uri) return 'URI subjectAltNames are not allowed'
  if (!hasUsages(usages, SERVING)) return otherUsages(SERVING)
  return isNamedNode(request) ? undefined : OTHER_NAME
}

const forKubelets: Requirement = (request, usages) => {
  const { dns, ip, email, uri } = countAlternatives(request)
  if (!isOfNodes(request)) return OTHER_ORGANIZATION
  if (dns) return 'DNS subjectAltNames are not allowed'
  if (email) return 'Email subjectAltNames are not allowed'
  if (ip) return 'IP subjectAltNames are not allowed'
  if (uri) return 'URI subjectAltNames are not allowed'
  if (!isNamedNode(request)) return OTHER_NAME
  return hasUsages(usages, CLIENT) ? undefined : otherUsages(CLIENT)
}

/** By the signer's name; others sign elsewhere, or nowhere. */
export const REQUIREMENTS: Readonly<Record<string, Requirement>> = {
  'kubernetes.io/kube-apiserver-client': forClients,
  'kubernetes.io/kubelet-serving': forServing,
  'kubernetes.io/kube-apiserver-client-kubelet': forKubelets,
}
