/** What `podlab serve --tls` shows and gives its clients: an authority of its own, and what it has signed, made anew at each start as kind makes them for each cluster. */
import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { ADMIN } from '../api/user.ts'
import { alternativeNames, makeCertificate, ofAuthority, parseName } from '../crypto/certificate.ts'
import type { Bytes } from '../crypto/der-writer.ts'
import { type PrivateKey, publicKeyInfo, readKey } from '../crypto/rsa.ts'

export interface Pair {
  cert: string
  key: string
}

export interface Certificates {
  authority: string
  server: Pair
  admin: Pair
}

const YEAR_MS = 365 * 86_400_000
/** Clocks differ. */
const EARLIER_MS = 3_600_000
/** Those of kubeadm that this machine reaches. */
const NAMES =
  'DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1'

interface Key {
  pem: string
  numbers: PrivateKey
}

/** By the chance of the machine, not of the simulation: these are for real connections. */
async function newKey(): Promise<Key> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { pem, numbers: readKey(pem)! }
}

export async function makeCertificates(now: number): Promise<Certificates> {
  const [root, server, admin] = await Promise.all([newKey(), newKey(), newKey()])
  const issuer = parseName('/CN=kubernetes') as Bytes
  const signed = (name: string, key: Key, extensions: readonly Bytes[]): string =>
    makeCertificate({
      serial: BigInt(`0x7${randomBytes(15).toString('hex')}`),
      issuer,
      subject: parseName(name) as Bytes,
      from: now - EARLIER_MS,
      until: now + YEAR_MS,
      keyInfo: publicKeyInfo(key.numbers),
      extensions,
      signer: root.numbers,
    })
  const [group] = ADMIN.groups
  return {
    authority: signed('/CN=kubernetes', root, ofAuthority(root.numbers)),
    server: { key: server.pem, cert: signed('/CN=kube-apiserver', server, [alternativeNames(NAMES)!]) },
    admin: { key: admin.pem, cert: signed(`/O=${group}/CN=${ADMIN.username}`, admin, []) },
  }
}
