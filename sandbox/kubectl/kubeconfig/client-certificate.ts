/** A client's certificate and its key, before they are shown to anybody: what Go's TLS says of those that do not belong together. */
import { readCertificate } from '../../crypto/certificate.ts'
import { readKey } from '../../crypto/rsa.ts'

/** The labels of all blocks of a text. */
const labelsIn = (pem: string): string[] => [...pem.matchAll(/-----BEGIN ([A-Z ]+)-----/g)].map(([, label]) => label!)

const isKey = (label: string): boolean => label.endsWith('PRIVATE KEY')

/** @returns what is wrong */
export function pairFault(certificate: string, key: string): string | undefined {
  const found = labelsIn(certificate)
  if (!found.length) return 'failed to find any PEM data in certificate input'
  if (!found.includes('CERTIFICATE'))
    return found.some(isKey)
      ? 'failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
      : `failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${found.join(' ')}]`
  const keys = labelsIn(key)
  if (!keys.length) return 'failed to find any PEM data in key input'
  if (!keys.some(isKey))
    return keys[0] === 'CERTIFICATE'
      ? 'found a certificate rather than a key in the PEM for the private key'
      : `failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${keys.join(' ')}]`
  const [own, pair] = [readCertificate(certificate), readKey(key)]
  if (!own) return 'failed to parse certificate'
  if (!pair) return 'not simulated: a private key that is none of RSA'
  return own.key.modulus === pair.modulus ? undefined : 'private key does not match public key'
}
