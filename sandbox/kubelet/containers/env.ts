/** The environment of a container: envFrom, then env in order with $(VAR) expansion, then what Services add. */

import type { ConfigMap, Secret, Service } from '../../api/types.ts'
import { textOfBytes } from '../../bytes.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import type { DownwardContext } from './downward.ts'
import { podField, resourceField } from './downward.ts'
import { valueInEnvFile } from './env-file.ts'
import { expand } from './expansion.ts'

export interface VolumeFile {
  /** Undefined where there is no such file. */
  readonly text: string | undefined
  /** Where it lies on the node. */
  readonly nodePath: string
}

/** Looks objects up as they are now. @throws StatusError NotFound */
export interface EnvSources extends DownwardContext {
  configMap(namespace: string, name: string): ConfigMap
  secret(namespace: string, name: string): Secret
  /** Services of a namespace. */
  services(namespace: string): readonly Service[]
  /** A file of one of the Pod's volumes, for fileKeyRef; undefined where no container mounts that volume. */
  volumeFile(volume: string, path: string): VolumeFile | undefined
}

export const decodeBase64 = (text: string): string => textOfBytes(Uint8Array.from(atob(text), c => c.charCodeAt(0)))

/** Asks for an object that may be optional. @throws what the look-up throws, unless it is optional and missing */
function lookUp<T>(get: () => T, optional: boolean | undefined): T | undefined {
  try {
    return get()
  } catch (error) {
    if (optional && (error as { reason?: string }).reason === 'NotFound') return undefined
    throw error
  }
}

/** @throws Error with the text of a CreateContainerConfigError */
export function makeEnvironment(pod: Pod, container: ContainerSpec, sources: EnvSources): Record<string, string> {
  const namespace = pod.metadata.namespace ?? ''
  const services = serviceEnvironment(namespace, pod.spec.enableServiceLinks ?? true, sources)
  const env: Record<string, string> = {}
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const ref = configMapRef ?? secretRef
    if (!ref?.name) continue
    const { name, optional } = ref
    if (configMapRef) {
      const found = lookUp(() => sources.configMap(namespace, name), optional)
      for (const [key, value] of Object.entries(found?.data ?? {})) env[prefix + key] = value
    } else {
      const found = lookUp(() => sources.secret(namespace, name), optional)
      for (const [key, value] of Object.entries(found?.data ?? {})) env[prefix + key] = decodeBase64(value)
    }
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    let text: string | undefined = value ?? ''
    if (value) text = expand(value, key => env[key] ?? services[key])
    else if (valueFrom) text = fromSource(pod, container, valueFrom, sources)
    if (text !== undefined) env[name] = text
  }
  for (const name in services) if (!Object.hasOwn(env, name)) env[name] = services[name]!
  return env
}

type ValueFrom = NonNullable<NonNullable<ContainerSpec['env']>[number]['valueFrom']>

/** Undefined leaves the variable out: its optional source is missing. */
function fromSource(pod: Pod, container: ContainerSpec, from: ValueFrom, sources: EnvSources): string | undefined {
  const namespace = pod.metadata.namespace ?? ''
  if (from.fieldRef) return podField(pod, from.fieldRef.fieldPath, sources)
  if (from.resourceFieldRef) return resourceField(pod, container, from.resourceFieldRef, sources)
  if (from.configMapKeyRef) {
    const { name = '', key, optional } = from.configMapKeyRef
    const value = lookUp(() => sources.configMap(namespace, name), optional)?.data?.[key]
    if (value === undefined && !optional) throw new Error(`couldn't find key ${key} in ConfigMap ${namespace}/${name}`)
    return value
  }
  if (from.secretKeyRef) {
    const { name = '', key, optional } = from.secretKeyRef
    const value = lookUp(() => sources.secret(namespace, name), optional)?.data?.[key]
    if (value === undefined && !optional) throw new Error(`couldn't find key ${key} in Secret ${namespace}/${name}`)
    return value === undefined ? undefined : decodeBase64(value)
  }
  if (from.fileKeyRef) return fromFile(from.fileKeyRef, sources)
  return ''
}

function fromFile(
  ref: { volumeName: string; path: string; key: string; optional?: boolean | undefined },
  sources: EnvSources,
): string | undefined {
  const file = sources.volumeFile(ref.volumeName, ref.path)
  if (!file) throw new Error(`cannot find the volume "${ref.volumeName}" referenced by FileKeyRef`)
  const value = parsed(file, ref.key)
  if (value) return value
  if (ref.optional) return undefined
  throw new Error(`environment variable key "${ref.key}" not found in file "${file.nodePath}"`)
}

/** What is wrong with a file is told to the kubelet's log alone; `optional` is said of keys, not of files. */
function parsed({ text }: VolumeFile, key: string): string {
  try {
    if (text !== undefined) return valueInEnvFile(text, key)
  } catch {}
  throw new Error("couldn't parse env file")
}

const variableName = (name: string): string => name.replaceAll('-', '_').toUpperCase()

/** The Services' variables: the cluster's own always, those of the namespace when links are wanted. */
function serviceEnvironment(
  namespace: string,
  links: boolean,
  sources: Pick<EnvSources, 'services'>,
): Readonly<Record<string, string>> {
  const all = sources.services('default')
  const linked = links ? sources.services(namespace) : NO_SERVICES
  const last = told.get(all)
  if (last?.linked === linked) return last.env
  const env = environmentOf(all, linked, namespace)
  if (Object.isFrozen(all) && Object.isFrozen(linked)) told.set(all, { linked, env })
  return env
}

const NO_SERVICES: readonly Service[] = Object.freeze([])
/** By the list of the default namespace, which is another one once it has changed: thousands of containers are told the same. */
const told = new WeakMap<readonly Service[], { linked: readonly Service[]; env: Readonly<Record<string, string>> }>()

function environmentOf(
  all: readonly Service[],
  linked: readonly Service[],
  namespace: string,
): Readonly<Record<string, string>> {
  const env: Record<string, string> = {}
  const chosen = new Map<string, Service>()
  for (const service of all) if (service.metadata.name === 'kubernetes') chosen.set('kubernetes', service)
  for (const service of linked) {
    if (namespace !== 'default' || service.metadata.name !== 'kubernetes') chosen.set(service.metadata.name, service)
  }
  for (const { metadata, spec } of chosen.values()) {
    const ip = spec.clusterIP
    const ports = spec.ports ?? []
    if (!ip || ip === 'None' || !ports.length) continue
    const prefix = variableName(metadata.name)
    env[`${prefix}_SERVICE_HOST`] = ip
    env[`${prefix}_SERVICE_PORT`] = String(ports[0]!.port)
    for (const { name, port } of ports) if (name) env[`${prefix}_SERVICE_PORT_${variableName(name)}`] = String(port)
    ports.forEach(({ port, protocol = 'TCP' }, i) => {
      const url = `${protocol.toLowerCase()}://${ip.includes(':') ? `[${ip}]` : ip}:${port}`
      if (i === 0) env[`${prefix}_PORT`] = url
      const portPrefix = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`
      env[portPrefix] = url
      env[`${portPrefix}_PROTO`] = protocol.toLowerCase()
      env[`${portPrefix}_PORT`] = String(port)
      env[`${portPrefix}_ADDR`] = ip
    })
  }
  return env
}
