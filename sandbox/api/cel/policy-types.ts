/** Types that the expressions of admission policies see besides the objects themselves. */
import type { ObjectTypes } from './types/declarations.ts'
import { readType, splitTypes, type Type } from './types/types.ts'

const REQUEST = 'kubernetes.AdmissionRequest'
const NAMESPACE = 'kubernetes.Namespace'

/** Types and their fields. */
const TYPES = `
kubernetes.GroupVersionKind: group string, version string, kind string
kubernetes.GroupVersionResource: group string, version string, resource string
kubernetes.UserInfo: username string, uid string, groups list(string), extra map(string, list(string))
kubernetes.AdmissionRequest: kind kubernetes.GroupVersionKind, resource kubernetes.GroupVersionResource, subResource string, requestKind kubernetes.GroupVersionKind, requestResource kubernetes.GroupVersionResource, requestSubResource string, name string, namespace string, operation string, userInfo kubernetes.UserInfo, dryRun bool, options dyn
kubernetes.NamespaceSpec: finalizers list(string)
kubernetes.NamespaceCondition: status string, type string, lastTransitionTime timestamp, message string, reason string
kubernetes.NamespaceStatus: conditions list(kubernetes.NamespaceCondition), phase string
kubernetes.NamespaceMetadata: name string, generateName string, namespace string, labels map(string, string), annotations map(string, string), UID string, creationTimestamp timestamp, deletionGracePeriodSeconds int, deletionTimestamp timestamp, generation int, resourceVersion string, finalizers list(string)
kubernetes.Namespace: metadata kubernetes.NamespaceMetadata, spec kubernetes.NamespaceSpec, status kubernetes.NamespaceStatus
`

const known: ReadonlyMap<string, ReadonlyMap<string, Type>> = new Map(
  TYPES.trim()
    .split('\n')
    .map(line => {
      const [name = '', fields = ''] = line.split(': ')
      const read = splitTypes(fields).map(field => {
        const [, key = '', type = ''] = /^(\S+) (.+)$/.exec(field.trim())!
        return [key, readType(type)] as const
      })
      return [name, new Map(read)] as const
    }),
)

export const requestTypes: ObjectTypes = { fieldsOf: name => known.get(name) }
export const REQUEST_TYPE = readType(REQUEST)
export const NAMESPACE_TYPE = readType(NAMESPACE)
