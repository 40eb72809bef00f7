/** Expressions of a policy against the schemas of the kinds that it is about. */
import type { ObjectSchema } from '@marcbachmann/cel-js'
import { CompileError, type Compiler, makeCompiler } from '../../cel/environment.ts'
import { addAuthorizer } from '../../cel/policy-language.ts'
import { declare, inside, type Shape, structuralShape } from '../../cel/shapes.ts'
import { typeOf } from '../../decode.ts'
import { apiVersionOf, type KindDef } from '../../kind.ts'
import type { ObjectType, Scalar, Type } from '../../schema/index.ts'
import type { ApiServer } from '../../server.ts'
import type { ValidatingAdmissionPolicy } from '../../types.ts'

const MAX_TYPES = 10

const SCALARS: Partial<Record<Scalar, string>> = {
  string: 'string',
  int32: 'int',
  int64: 'int',
  double: 'double',
  boolean: 'bool',
}

function published(type: Type, within: readonly string[]): Shape {
  switch (type.is) {
    case 'list':
      return `list<${inside(published(type.of, within))}>`
    case 'map':
      return `map<string, ${inside(published(type.of, within))}>`
    case 'object':
      return within.includes(type.type.id) ? 'dyn' : fieldsOf(type.type, within)
    default:
      return SCALARS[type.is] ?? 'dyn'
  }
}

const fieldsOf = (type: ObjectType, within: readonly string[] = []): ObjectSchema =>
  Object.fromEntries(
    [...type.fields.values()]
      .filter(f => /^[A-Za-z_]\w*$/.test(f.name))
      .map(f => [f.name, published(f.type, [...within, type.id])]),
  )

function shapeOf(kind: KindDef): Shape {
  const type = typeOf(kind)
  if (type) return fieldsOf(type)
  const own = kind.structural ? structuralShape(kind.structural) : 'dyn'
  return typeof own === 'string' ? own : { ...own, apiVersion: 'string', kind: 'string', metadata: 'dyn' as never }
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

const name = (kind: KindDef): string => `${apiVersionOf(kind)}, Kind=${kind.kind}`

const OTHERS = ['request', 'namespaceObject', 'variables']

function compilerFor(kind: KindDef, params: KindDef | undefined): Compiler {
  return makeCompiler({
    variables: OTHERS,
    extend(env) {
      for (const variable of ['object', 'oldObject']) declare(env, variable, shapeOf(kind))
      if (params) declare(env, 'params', shapeOf(params))
      else env.registerVariable('params', 'dyn')
      addAuthorizer(env)
    },
  })
}

export interface ExpressionWarning {
  fieldRef: string
  warning: string
}

export function expressionWarnings(server: ApiServer, policy: ValidatingAdmissionPolicy): ExpressionWarning[] {
  const { paramKind, validations = [] } = policy.spec
  const params = paramKind && server.registry.of(paramKind.apiVersion ?? '', paramKind.kind ?? '')
  const compilers = kindsOf(server, policy).map(kind => [name(kind), compilerFor(kind, params)] as const)
  const check = (fieldRef: string, text: string | undefined): ExpressionWarning[] => {
    if (!text) return []
    const warning = compilers.map(([kind, compiler]) => fault(kind, compiler, text)).join('')
    return warning ? [{ fieldRef, warning }] : []
  }
  return validations.flatMap((v, i) => [
    ...check(`spec.validations[${i}].expression`, v.expression),
    ...check(`spec.validations[${i}].messageExpression`, v.messageExpression),
  ])
}

function fault(kind: string, compiler: Compiler, text: string): string {
  try {
    compiler.compile(text)
    return ''
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return `${kind}: ${error.message}\n`
  }
}
