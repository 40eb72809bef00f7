/** Authentication by client certificate: its user, if the cluster's authority has signed it. */
import { readCertificate } from '../../crypto/certificate.ts'
import { sha256 } from '../../crypto/digests.ts'
import { fieldsOf } from '../../crypto/issue.ts'
import { ROOT_CA } from '../../crypto/root-ca.ts'
import { verifies } from '../../crypto/rsa.ts'
import { isForClients } from '../../crypto/usages.ts'
import type { UserInfo } from './user.ts'

const { key: AUTHORITY } = readCertificate(ROOT_CA)!

/** @param digest its SHA-256, in hex @returns nobody where it has no name */
export function namedBy(
  name: string | undefined,
  organizations: readonly string[],
  digest: string,
): UserInfo | undefined {
  if (!name) return undefined
  return {
    username: name,
    groups: [...organizations, 'system:authenticated'],
    extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${digest}`] },
  }
}

/** @returns nobody for a certificate of another authority, of another time, or for another purpose */
export function userOf(pem: string, now: number): UserInfo | undefined {
  const certificate = readCertificate(pem)
  if (!certificate || now < certificate.from || now > certificate.until) return undefined
  const { body, signature, extensions, subject, whole } = certificate
  if (!isForClients(extensions) || !verifies(body, signature, AUTHORITY)) return undefined
  const fields = fieldsOf(subject)
  const digest = sha256(whole).map(byte => byte.toString(16).padStart(2, '0'))
  return namedBy(fields.get('CN')?.at(-1), fields.get('O') ?? [], digest.join(''))
}
