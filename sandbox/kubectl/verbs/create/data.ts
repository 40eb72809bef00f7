/** Keys and values from literals, files and env files, for config maps and secrets. */
import { toJson } from '../../../api/formats/go-json.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { ENV_NAME, ENV_NAME_HELP } from '../../pods/env-name.ts'

const KEY = /^[-._a-zA-Z0-9]+$/
const KEY_HELP =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

type DataKind = 'ConfigMap' | 'Secret'
export type Add = (key: string, value: string) => void

/** @param kind as errors name it: ConfigMap, secret */
export function adder(data: Map<string, string>, kind: DataKind, name: string): Add {
  return (key, value) => {
    if (!KEY.test(key))
      throw new KubectlError(
        kind === 'ConfigMap'
          ? `${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${KEY_HELP}`
          : `${JSON.stringify(key)} is not valid key name for a Secret ${KEY_HELP}`,
      )
    if (data.has(key))
      throw new KubectlError(
        kind === 'ConfigMap'
          ? `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`
          : `cannot add key ${key}, another key by that name already exists`,
      )
    data.set(key, value)
  }
}

function literals(sources: readonly string[], add: Add): void {
  for (const source of sources) {
    const at = source.indexOf('=')
    if (at <= 0) throw new KubectlError(`invalid literal source ${source}, expected key=value`)
    let value = source.slice(at + 1)
    if (value.length >= 2 && /^(".*"|'.*')$/s.test(value)) value = value.slice(1, -1)
    add(source.slice(0, at), value)
  }
}

export async function files(k: Kubectl, sources: readonly string[], add: Add): Promise<void> {
  for (const source of sources) {
    const at = source.indexOf('=')
    if (at === 0) throw new KubectlError(`key name for file path ${source.slice(1)} missing`)
    if (at === source.length - 1 && at > 0)
      throw new KubectlError(`file path for key name ${source.slice(0, -1)} missing`)
    if (source.split('=').length > 2) throw new KubectlError("key names or file paths cannot contain '='")
    const path = at < 0 ? source : source.slice(at + 1)
    const kind = await k.io.files.kind(path)
    if (!kind) throw new KubectlError(`error reading ${path}: no such file or directory`)
    if (kind === 'directory') {
      if (at > 0) throw new KubectlError('cannot give a key name for a directory path')
      for (const name of (await k.io.files.list(path)) ?? []) {
        const full = `${path.replace(/\/$/, '')}/${name}`
        if ((await k.io.files.kind(full)) === 'file' && KEY.test(name)) add(name, (await k.io.files.read(full)) ?? '')
      }
    } else
      add(at < 0 ? path.slice(path.lastIndexOf('/') + 1) : source.slice(0, at), (await k.io.files.read(path)) ?? '')
  }
}

async function envFiles(k: Kubectl, paths: readonly string[], kind: DataKind, add: Add): Promise<void> {
  for (const path of paths) {
    if ((await k.io.files.kind(path)) === 'directory')
      throw new KubectlError(`env ${kind === 'ConfigMap' ? 'config' : 'secret'} file cannot be a directory`)
    const text = await k.io.files.read(path)
    if (text === undefined) throw new KubectlError(`error reading ${path}: no such file or directory`)
    for (const raw of text.split('\n')) {
      const line = raw.replace(/\r$/, '').replace(/^\s+/, '')
      if (!line || line.startsWith('#')) continue
      const at = line.indexOf('=')
      const key = at < 0 ? line : line.slice(0, at)
      if (!ENV_NAME.test(key))
        throw new KubectlError(`${JSON.stringify(key)} is not a valid key name: ${ENV_NAME_HELP}`)
      add(key, at < 0 ? (k.io.env[key] ?? '') : line.slice(at + 1))
    }
  }
}

/** In the order of their keys. */
export const sortedByKey = (data: ReadonlyMap<string, string>): [string, string][] =>
  [...data].sort(([a], [b]) => (a < b ? -1 : 1))

export async function collect(k: Kubectl, kind: DataKind, name: string): Promise<Map<string, string>> {
  const { flags } = k
  const env = flags.list('from-env-file')
  if (env.length && (flags.list('from-file').length || flags.list('from-literal').length))
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal')
  const data = new Map<string, string>()
  const add = adder(data, kind, name)
  await files(k, flags.list('from-file'), add)
  literals(flags.list('from-literal'), add)
  await envFiles(k, env, kind, add)
  return data
}

/** Names that change when the content does, as --append-hash and kustomize make them, who write no data differently. */
export async function contentHash(object: Obj, { name, empty }: { name: string; empty: '' | Obj }): Promise<string> {
  const data = object.data ?? {}
  const parts: Obj = { data: Object.keys(data).length ? data : empty, kind: object.kind, name }
  if (object.kind === 'Secret') parts.type = object.type ?? ''
  if (object.binaryData && Object.keys(object.binaryData).length) parts.binaryData = object.binaryData
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(toJson(parts)))
  const hex = [...new Uint8Array(bytes)].map(b => b.toString(16).padStart(2, '0')).join('')
  return [...hex.slice(0, 10)].map(c => ({ '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' })[c] ?? c).join('')
}
