/** Expressions of a policy against the schemas of the kinds that it is about. */
import { PolicyCompiler } from '../../cel/policy-language.ts'
import { type Declared, declare, objectTypes } from '../../cel/schemas/declared.ts'
import { publishedSchema } from '../../cel/schemas/published.ts'
import { DYN } from '../../cel/types/types.ts'
import type { KindDef } from '../../kind.ts'
import { typeOf } from '../../requests/decode.ts'
import type { ApiServer } from '../../server.ts'
import type { ValidatingAdmissionPolicy } from '../../types.ts'

const MAX_TYPES = 10

/** Real servers add a number to a type's name that is another for every check. */
function declaredOf(kind: KindDef): Declared | undefined {
  const type = typeOf(kind)
  const schema = type ? publishedSchema(type) : kind.structural
  return schema && declare(schema, kind.kind, true)
}

/** The kinds that a policy's rules name; those with a wildcard are left out, as Kubernetes does. */
function kindsOf(server: ApiServer, { spec }: ValidatingAdmissionPolicy): KindDef[] {
  const found = new Set<KindDef>()
  const wild = (list: readonly string[] = []): boolean => !list.length || list.includes('*')
  for (const rule of spec.matchConstraints?.resourceRules ?? []) {
    const { apiGroups = [], apiVersions = [], resources = [] } = rule
    if (wild(apiGroups) || wild(apiVersions) || resources.includes('*')) continue
    for (const group of apiGroups)
      for (const version of apiVersions)
        for (const resource of resources) {
          const kind = resource.includes('/') ? undefined : server.registry.at(group, version, resource)
          if (kind && found.size < MAX_TYPES) found.add(kind)
        }
  }
  return [...found].sort((a, b) => (name(a) < name(b) ? -1 : 1))
}

const name = ({ group, version, kind }: KindDef): string => `${group}/${version}, Kind=${kind}`

export interface ExpressionWarning {
  fieldRef: string
  warning: string
}

export function expressionWarnings(server: ApiServer, policy: ValidatingAdmissionPolicy): ExpressionWarning[] {
  const { paramKind, validations = [], variables = [] } = policy.spec
  const paramsOf = paramKind && server.registry.of(paramKind.apiVersion ?? '', paramKind.kind ?? '')
  const params = paramsOf && declaredOf(paramsOf)
  const compilers = kindsOf(server, policy).flatMap(kind => {
    const object = declaredOf(kind)
    if (!object) return []
    const types = { object: object.type, params: params?.type ?? DYN, objects: objectTypes(object, params) }
    const compiler = new PolicyCompiler(true, types)
    for (const v of variables) compiler.addVariable(v.name ?? '', v.expression ?? '', Boolean(paramKind))
    return [[name(kind), compiler] as const]
  })
  const check = (fieldRef: string, text: string | undefined): ExpressionWarning[] => {
    if (!text) return []
    const found = compilers.flatMap(([kind, compiler]) => {
      const made = compiler.compile(text, { params: Boolean(paramKind), authorizer: true })
      return 'detail' in made ? [`${kind}: ${made.detail.replace(/^compilation failed: /, '')}\n`] : []
    })
    return found.length ? [{ fieldRef, warning: found.join('\n') }] : []
  }
  return validations.flatMap((v, i) => [
    ...check(`spec.validations[${i}].expression`, v.expression),
    ...check(`spec.validations[${i}].messageExpression`, v.messageExpression),
  ])
}
