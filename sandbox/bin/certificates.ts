/** The certificates of `podlab serve --tls`: an authority of its own, and those of server and client that it has signed, made anew at each start as kind makes them for each cluster. */
import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { ADMIN } from '../api/authentication/user.ts'
import {
  alternativeNames,
  makeCertificate,
  makeRequest,
  ofAuthority,
  parseName,
  readCertificate,
  readRequest,
} from '../crypto/certificate.ts'
import type { Bytes } from '../crypto/der-writer.ts'
import { type Authority, issue } from '../crypto/issue.ts'
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
  const about = () => ({
    serial: BigInt(`0x7${randomBytes(15).toString('hex')}`),
    from: now - EARLIER_MS,
    until: now + YEAR_MS,
  })
  const name = parseName('/CN=kubernetes') as Bytes
  const authority = makeCertificate({
    ...about(),
    issuer: name,
    subject: name,
    keyInfo: publicKeyInfo(root.numbers),
    extensions: ofAuthority(root.numbers),
    signer: root.numbers,
  })
  const signer: Authority = { certificate: readCertificate(authority)!, key: root.numbers }
  const signed = (name: string, { pem, numbers }: Key, usage: string, extensions: readonly Bytes[] = []): Pair => {
    const request = readRequest(makeRequest(parseName(name) as Bytes, numbers, extensions))!
    const usages = ['digital signature', 'key encipherment', usage]
    return { key: pem, cert: issue(request, signer, { ...about(), usages }) }
  }
  const [group] = ADMIN.groups
  return {
    authority,
    server: signed('/CN=kube-apiserver', server, 'server auth', [alternativeNames(NAMES)!]),
    admin: signed(`/O=${group}/CN=${ADMIN.username}`, admin, 'client auth'),
  }
}
