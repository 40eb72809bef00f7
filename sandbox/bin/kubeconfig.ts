/** The kubeconfig by which kubectl finds the served cluster. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** There is no TLS to verify; some clients speak plain HTTP only to who has said so. */
const config = (server: string): string => `apiVersion: v1
kind: Config
clusters:
- cluster:
    server: ${server}
    insecure-skip-tls-verify: true
  name: podlab
contexts:
- context:
    cluster: podlab
    user: kubernetes-admin
  name: podlab
current-context: podlab
users:
- name: kubernetes-admin
  user: {}
`

/** Appears whole or not at all, since its appearance says that the server answers. */
export function writeKubeconfig(file: string, server: string): void {
  const path = resolve(file)
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, config(server), { mode: 0o600 })
  renameSync(temporary, path)
}
