/** CertificateSigningRequests as they must be: the request, and who may set which condition. */
import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import { deepEqual } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'
import { check, dns1123Subdomain, pathSegment } from '../content.ts'
import { objectMeta, objectMetaUpdate } from '../metadata.ts'

const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
]
const LEGACY = 'kubernetes.io/legacy-unknown'
const APPROVALS = ['Approved', 'Denied']
const ALWAYS_TRUE = [...APPROVALS, 'Failed']

const decoded = (base64: string): string => {
  try {
    return atob(base64)
  } catch {
    return ''
  }
}

/** Whether the text is one PEM block of that type around something that begins as ASN.1 does. */
function isPem(text: string, type: string): boolean {
  const block = new RegExp(`-----BEGIN ${type}-----\\s([A-Za-z0-9+/=\\s]+)-----END ${type}-----`).exec(text)
  return block !== null && decoded(block[1]!.replace(/\s/g, '')).charCodeAt(0) === 0x30
}

function signerName(value: string | undefined): FieldError[] {
  const path = 'spec.signerName'
  if (!value) return [required(path)]
  if (value === LEGACY) return [invalid(path, value, 'the legacy signerName is not allowed via this API version')]
  const [domain = '', ...segments] = value.split('/')
  if (segments.length !== 1)
    return [invalid(path, value, "must be a fully qualified domain and path of the form 'example.com/signer-name'")]
  if (domain.split('.').length < 2)
    return [
      ...check(dns1123Subdomain, path, domain),
      invalid(path, domain, 'should be a domain with at least two segments separated by dots'),
    ]
  return [...check(dns1123Subdomain, path, domain), ...check(dns1123Subdomain, path, segments[0])]
}

function conditions(list: readonly Draft[] = []): FieldError[] {
  const path = 'status.conditions'
  const seen = new Set<string>()
  return list.flatMap(({ type = '', status = '' }, i) => {
    const errors: FieldError[] = []
    if (!type) errors.push(required(`${path}[${i}].type`))
    const allowed = ALWAYS_TRUE.includes(type) ? ['True'] : ['False', 'True', 'Unknown']
    if (!status) errors.push(required(`${path}[${i}].status`))
    else if (!allowed.includes(status)) errors.push(notSupported(`${path}[${i}].status`, status, allowed))
    if (APPROVALS.includes(type) && APPROVALS.some(other => other !== type && seen.has(other)))
      errors.push(invalid(path, type, 'Approved and Denied conditions are mutually exclusive'))
    if (seen.has(type)) errors.push(duplicate(`${path}[${i}].type`, type))
    seen.add(type)
    return errors
  })
}

function certificate(data: string | undefined, old: string | undefined): FieldError[] {
  if (!data || data === old) return []
  return isPem(decoded(data), 'CERTIFICATE')
    ? []
    : [invalid('status.certificate', '<certificate data>', 'must contain at least one CERTIFICATE PEM block')]
}

export function validateRequest({ metadata, spec, status }: Draft, old?: Draft): FieldError[] {
  const usages: string[] = spec.usages ?? []
  const known = new Set<string>()
  return [
    ...objectMeta(metadata, false, pathSegment),
    ...(isPem(decoded(spec.request ?? ''), '(?:NEW )?CERTIFICATE REQUEST')
      ? []
      : [invalid('spec.request', spec.request || null, 'PEM block type must be CERTIFICATE REQUEST')]),
    ...(usages.length ? [] : [required('spec.usages')]),
    ...usages.flatMap((u, i) => (USAGES.includes(u) ? [] : [notSupported(`spec.usages[${i}]`, u, USAGES)])),
    ...usages.flatMap((u, i) => {
      const again = known.has(u)
      known.add(u)
      return again ? [duplicate(`spec.usages[${i}]`, u)] : []
    }),
    ...signerName(spec.signerName),
    ...(spec.expirationSeconds < 600
      ? [
          invalid(
            'spec.expirationSeconds',
            spec.expirationSeconds,
            'may not specify a duration less than 600 seconds (10 minutes)',
          ),
        ]
      : []),
    ...conditions(status?.conditions),
    ...certificate(status?.certificate, old?.status?.certificate),
  ]
}

const ofType = (request: Draft, type: string): Draft[] =>
  (request.status?.conditions ?? []).filter((c: Draft) => c.type === type)

function update(request: Draft, old: Draft, may: { approve: boolean; sign: boolean }): FieldError[] {
  const errors = validateRequest(request, old)
  const path = 'status.conditions'
  for (const type of ALWAYS_TRUE) {
    if (ofType(request, type).length < ofType(old, type).length)
      errors.push(forbiddenField(path, `updates may not remove a condition of type ${JSON.stringify(type)}`))
  }
  for (const type of may.approve ? [] : APPROVALS) {
    const now = ofType(request, type)
    const was = ofType(old, type)
    if (now.length > was.length)
      errors.push(forbiddenField(path, `updates may not add a condition of type ${JSON.stringify(type)}`))
    else if (now.length === was.length && !deepEqual(now, was))
      errors.push(forbiddenField(path, `updates may not modify a condition of type ${JSON.stringify(type)}`))
  }
  const certificates = [request.status?.certificate ?? '', old.status?.certificate ?? '']
  if (certificates[0] !== certificates[1]) {
    if (!may.sign) errors.push(forbiddenField('status.certificate', 'updates may not set certificate content'))
    else if (certificates[1])
      errors.push(forbiddenField('status.certificate', 'updates may not modify existing certificate content'))
  }
  return [...errors, ...objectMetaUpdate(request, old)]
}

export const validateRequestUpdate = (request: Draft, old?: Draft): FieldError[] =>
  update(request, old, { approve: false, sign: false })
export const validateRequestStatus = (request: Draft, old?: Draft): FieldError[] =>
  update(request, old, { approve: false, sign: true })
export const validateApproval = (request: Draft, old?: Draft): FieldError[] =>
  update(request, old, { approve: true, sign: false })
