/** Namespaces and service accounts as they must be. */
import type { FieldError } from '../../fields.ts'
import { invalid } from '../../fields.ts'
import type { Namespace, ServiceAccount } from '../../types.ts'
import { check, dns1123Label, qualifiedName } from './content.ts'
import { objectMeta, objectMetaUpdate } from './metadata.ts'

/** Those of a namespace's spec: the standard one, or names with a domain. */
export const namespaceFinalizers = (
  list: readonly string[] | undefined,
  pathOf: (index: number) => string,
): FieldError[] =>
  (list ?? []).flatMap((name, i) => {
    const errors = check(qualifiedName, pathOf(i), name)
    if (name.includes('/') || name === 'kubernetes') return errors
    return [...errors, invalid(pathOf(i), name, 'name is neither a standard finalizer name nor is it fully qualified')]
  })

export const validateNamespace = ({ metadata, spec }: Namespace): FieldError[] => [
  ...objectMeta(metadata, false, dns1123Label),
  ...namespaceFinalizers(spec?.finalizers, () => 'spec.finalizers'),
]
export const validateNamespaceUpdate = (namespace: Namespace, old: Namespace): FieldError[] => [
  ...validateNamespace(namespace),
  ...objectMetaUpdate(namespace, old),
]
export function validateNamespaceStatus(namespace: Namespace, old: Namespace): FieldError[] {
  const { deletionTimestamp } = namespace.metadata
  const [phase, when] = deletionTimestamp ? ['Terminating', 'not empty'] : ['Active', 'empty']
  const given = namespace.status?.phase ?? ''
  const why = `may only be '${phase}' if \`deletionTimestamp\` is ${when}`
  return [...objectMetaUpdate(namespace, old), ...(given === phase ? [] : [invalid('status.Phase', given, why)])]
}

export const validateServiceAccount = ({ metadata }: ServiceAccount): FieldError[] => objectMeta(metadata, true)
export const validateServiceAccountUpdate = (account: ServiceAccount, old: ServiceAccount): FieldError[] => [
  ...objectMetaUpdate(account, old),
  ...validateServiceAccount(account),
]
