/** Questions to the API server that are asked by creating an object and are answered in its status; never stored. */
import { defineKind } from '../kind.ts'
import type { KubeObject } from '../types.ts'
import { name } from './columns.ts'

const review = (group: string, kind: string, plural: string, namespaced = false) =>
  defineKind<KubeObject>({ group, version: 'v1', kind, plural, namespaced, verbs: ['create'], columns: [name] })

export const tokenReview = review('authentication.k8s.io', 'TokenReview', 'tokenreviews')
export const selfSubjectReview = review('authentication.k8s.io', 'SelfSubjectReview', 'selfsubjectreviews')
export const subjectAccessReview = review('authorization.k8s.io', 'SubjectAccessReview', 'subjectaccessreviews')
export const selfSubjectAccessReview = review(
  'authorization.k8s.io',
  'SelfSubjectAccessReview',
  'selfsubjectaccessreviews',
)
export const selfSubjectRulesReview = review(
  'authorization.k8s.io',
  'SelfSubjectRulesReview',
  'selfsubjectrulesreviews',
)
export const localSubjectAccessReview = review(
  'authorization.k8s.io',
  'LocalSubjectAccessReview',
  'localsubjectaccessreviews',
  true,
)
/** POST pods/NAME/binding in its old form, by namespace. */
export const binding = review('', 'Binding', 'bindings', true)
