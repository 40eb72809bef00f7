/** Who a client's certificate says that it is, if the cluster's authority says so too. */
import { readCertificate } from '../crypto/certificate.ts'
import { sha256 } from '../crypto/digests.ts'
import { fieldsOf } from '../crypto/issue.ts'
import { ROOT_CA } from '../crypto/root-ca.ts'
import { verifies } from '../crypto/rsa.ts'
import { isForClients } from '../crypto/usages.ts'
import type { UserInfo } from './user.ts'

/** @returns nobody for a certificate of another authority, of another time, or for another purpose */
export function userOf(pem: string, now: number): UserInfo | undefined {
  const certificate = readCertificate(pem)
  const { key } = readCertificate(ROOT_CA)!
  if (!certificate || now < certificate.from || now > certificate.until) return undefined
  if (!isForClients(certificate.extensions) || !verifies(certificate.body, certificate.signature, key)) return undefined
  const fields = fieldsOf(certificate.subject)
  const username = fields.get('CN')?.at(-1)
  if (!username) return undefined
  const digest = sha256(certificate.whole).map(byte => byte.toString(16).padStart(2, '0'))
  return {
    username,
    groups: [...(fields.get('O') ?? []), 'system:authenticated'],
    extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${digest.join('')}`] },
  }
}
