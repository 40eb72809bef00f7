/** What `set env --list` shows of a variable that refers to something: the reference, or with --resolve what it comes to. */
import { decodeBase64 } from '../../../api/formats/go-base64.ts'
import { goQuote } from '../../../api/formats/go-escapes.ts'
import { qualifiedName } from '../../../api/kinds/validation/content.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { type Obj, sortedKeys } from '../../objects.ts'
import { resourceOf } from '../../pods/resource-field.ts'

export function describeSource(from: Obj): string {
  const { configMapKeyRef: config, secretKeyRef: secret, fieldRef: field, resourceFieldRef: resource } = from
  if (config) return `configmap ${config.name ?? ''}, key ${config.key}`
  if (secret) return `secret ${secret.name ?? ''}, key ${secret.key}`
  if (field) return `field path ${field.fieldPath}`
  if (resource)
    return `resource field ${resource.containerName ? `${resource.containerName}/` : ''}${resource.resource}`
  return 'invalid valueFrom'
}

export type Resolver = (from: Obj, object: Obj, container: Obj) => Promise<string>

/**
 * Looks up what variables refer to; each ConfigMap and Secret is asked for once.
 * @returns for a reference of a container of an object the value. It rejects with an error that says why there is none
 */
export function resolver(k: Kubectl): Resolver {
  const known = new Map<string, Obj>()
  const holder = async (plural: 'configmaps' | 'secrets', name: string): Promise<Obj> => {
    const key = `${plural}/${name}`
    const found = known.get(key)
    if (found) return found
    const client = await k.client()
    const asked = await client.get(await k.resource(plural), await k.namespace(), name)
    known.set(key, asked)
    return asked
  }
  return async ({ secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef }, object, container) => {
    if (secretKeyRef) {
      const { name = '', key } = secretKeyRef
      const value: string | undefined = (await holder('secrets', name)).data?.[key]
      if (value === undefined) throw new KubectlError(`key ${key} not found in secret ${name}`)
      return new TextDecoder().decode(decodeBase64(value))
    }
    if (configMapKeyRef) {
      const { name = '', key } = configMapKeyRef
      const value: string | undefined = (await holder('configmaps', name)).data?.[key]
      if (value === undefined) throw new KubectlError(`key ${key} not found in config map ${name}`)
      return value
    }
    if (fieldRef) return fieldOf(object, fieldRef.fieldPath ?? '')
    if (resourceFieldRef) return resourceOf(container, resourceFieldRef)
    throw new KubectlError('invalid valueFrom')
  }
}

/** Of the object itself, though it may be a Deployment and its Pods are meant. */
function fieldOf({ metadata = {} }: Obj, path: string): string {
  const [, map, key = ''] = /^(.+?)\['(.*)'\]$/s.exec(path) ?? []
  if (map !== undefined) {
    const isAnnotation = map === 'metadata.annotations'
    if (!isAnnotation && map !== 'metadata.labels')
      throw new KubectlError(`fieldPath ${goQuote(path)} does not support subscript`)
    const faults = qualifiedName(isAnnotation ? key.toLowerCase() : key)
    if (faults.length) throw new KubectlError(`invalid key subscript in ${path}: ${faults.join(';')}`)
    return (isAnnotation ? metadata.annotations : metadata.labels)?.[key] ?? ''
  }
  const all = (pairs: Record<string, string> | undefined): string =>
    sortedKeys(pairs)
      .map(name => `${name}=${goQuote(pairs![name]!)}`)
      .join('\n')
  if (path === 'metadata.annotations') return all(metadata.annotations)
  if (path === 'metadata.labels') return all(metadata.labels)
  if (['metadata.name', 'metadata.namespace', 'metadata.uid'].includes(path))
    return metadata[path.slice('metadata.'.length)] ?? ''
  throw new KubectlError(`unsupported fieldPath: ${path}`)
}
