/** The kubeconfig by which kubectl finds the served cluster. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Certificates } from './certificates.ts'

const encoded = (pem: string): string => Buffer.from(pem).toString('base64')

/** Without TLS there is nothing to verify, and some clients speak plain HTTP only to who has said so. */
const config = (server: string, certificates: Certificates | undefined): string => `apiVersion: v1
kind: Config
clusters:
- cluster:
    ${certificates ? `certificate-authority-data: ${encoded(certificates.authority)}` : 'insecure-skip-tls-verify: true'}
    server: ${server}
  name: podlab
contexts:
- context:
    cluster: podlab
    user: kubernetes-admin
  name: podlab
current-context: podlab
users:
- name: kubernetes-admin
  user:${certificates ? `\n    client-certificate-data: ${encoded(certificates.admin.cert)}\n    client-key-data: ${encoded(certificates.admin.key)}` : ' {}'}
`

/** Appears whole or not at all, since its appearance says that the server answers. */
export function writeKubeconfig(file: string, server: string, certificates?: Certificates): void {
  const path = resolve(file)
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, config(server, certificates), { mode: 0o600 })
  renameSync(temporary, path)
}
