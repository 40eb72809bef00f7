/**
 * The authorizer library for expressions of admission policies: `authorizer.group('').resource('pods').check('get')`.
 */
import { dns1123Label, dns1123Subdomain } from '../../kinds/validation/content.ts'
import { CelError, Custom, type Value } from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { objectType, type Type } from '../types/types.ts'
import { of } from './implementing.ts'

export interface Question {
  verb: string
  path?: string
  group?: string
  resource?: string
  subresource?: string
  namespace?: string
  name?: string
  /** Who it is about, instead of who asks. */
  serviceAccount?: { namespace: string; name: string }
}
export type Ask = (question: Question) => { allowed: boolean; reason: string }

const named = (name: string): Type => objectType(`kubernetes.authorization.${name}`)
export const AUTHORIZER = named('Authorizer')
export const RESOURCE_CHECK = named('ResourceCheck')
const [PATH_CHECK, GROUP_CHECK, DECISION] = [named('PathCheck'), named('GroupCheck'), named('Decision')]

/** A question that is filled in step by step; its type says how far it has come. */
export class Asking extends Custom {
  readonly type: Type
  readonly ask: Ask
  readonly question: Omit<Question, 'verb'>
  constructor(type: Type, ask: Ask, question: Asking['question'] = {}) {
    super()
    this.type = type
    this.ask = ask
    this.question = question
  }
  with(part: Asking['question'], type = this.type): Asking {
    return new Asking(type, this.ask, { ...this.question, ...part })
  }
  equals(other: Value): boolean {
    return this === other
  }
}

class Decision extends Custom {
  readonly type = DECISION
  readonly allowed: boolean
  readonly reason: string
  constructor({ allowed, reason }: ReturnType<Ask>) {
    super()
    this.allowed = allowed
    this.reason = reason
  }
  equals(other: Value): boolean {
    return this === other
  }
}

function must(value: string, what: string): string {
  if (!value.trim()) throw new CelError(`${what} must not be empty`)
  return value
}

const check = of((a: Asking, verb: string) => new Decision(a.ask({ ...a.question, verb })))
const same = of((a: Asking) => a)

const DECLARATIONS = `
allowed decision_allowed kubernetes.authorization.Decision.() -> bool
check pathcheck_check kubernetes.authorization.PathCheck.(string) -> kubernetes.authorization.Decision
check resourcecheck_check kubernetes.authorization.ResourceCheck.(string) -> kubernetes.authorization.Decision
error decision_error kubernetes.authorization.Decision.() -> string
errored decision_errored kubernetes.authorization.Decision.() -> bool
fieldSelector authorizer_fieldselector kubernetes.authorization.ResourceCheck.(string) -> kubernetes.authorization.ResourceCheck
group authorizer_group kubernetes.authorization.Authorizer.(string) -> kubernetes.authorization.GroupCheck
labelSelector authorizer_labelselector kubernetes.authorization.ResourceCheck.(string) -> kubernetes.authorization.ResourceCheck
name resourcecheck_name kubernetes.authorization.ResourceCheck.(string) -> kubernetes.authorization.ResourceCheck
namespace resourcecheck_namespace kubernetes.authorization.ResourceCheck.(string) -> kubernetes.authorization.ResourceCheck
path authorizer_path kubernetes.authorization.Authorizer.(string) -> kubernetes.authorization.PathCheck
reason decision_reason kubernetes.authorization.Decision.() -> string
resource groupcheck_resource kubernetes.authorization.GroupCheck.(string) -> kubernetes.authorization.ResourceCheck
serviceAccount authorizer_serviceaccount kubernetes.authorization.Authorizer.(string, string) -> kubernetes.authorization.Authorizer
subresource resourcecheck_subresource kubernetes.authorization.ResourceCheck.(string) -> kubernetes.authorization.ResourceCheck
`

const authorizer: Record<string, Implementation> = {
  authorizer_path: of((a: Asking, path: string) => a.with({ path: must(path, 'path') }, PATH_CHECK)),
  authorizer_group: of((a: Asking, group: string) => a.with({ group }, GROUP_CHECK)),
  groupcheck_resource: of((a: Asking, resource: string) =>
    a.with({ resource: must(resource, 'resource') }, RESOURCE_CHECK),
  ),
  resourcecheck_subresource: of((a: Asking, subresource: string) => a.with({ subresource })),
  resourcecheck_namespace: of((a: Asking, namespace: string) => a.with({ namespace })),
  resourcecheck_name: of((a: Asking, name: string) => a.with({ name })),
  // RBAC looks at no selector, whether it can be parsed or not: who may have all may have some.
  authorizer_fieldselector: same,
  authorizer_labelselector: same,
  authorizer_serviceaccount: of((a: Asking, namespace: string, name: string) => {
    if (dns1123Subdomain(name).length) throw new CelError('Invalid service account name')
    if (dns1123Label(namespace).length) throw new CelError('Invalid service account namespace')
    return a.with({ serviceAccount: { namespace, name } })
  }),
  pathcheck_check: check,
  resourcecheck_check: check,
  decision_allowed: of((d: Decision) => d.allowed),
  decision_reason: of((d: Decision) => d.reason),
  decision_error: () => '',
  decision_errored: () => false,
}

export const authorizerLibrary: Functions = readDeclarations(DECLARATIONS, authorizer)
