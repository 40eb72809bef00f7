/** Compiles the expressions of one admission policy: its variables, and whatever speaks of them. */
import { CompileError, compile, type Expression, type Language } from './language.ts'
import { AUTHORIZER, RESOURCE_CHECK } from './library/authorizer.ts'
import { joined, kubernetes } from './library/index.ts'
import { literalTypes, makeLiteral, patchFunctions } from './object-literals.ts'
import { NAMESPACE_TYPE, REQUEST_TYPE, requestTypes } from './policy-types.ts'
import type { ObjectTypes } from './types/declarations.ts'
import { DYN, declared, isExact, listOf, mapOf, objectType, type Type } from './types/types.ts'

export interface PolicyLanguage {
  /** Whether the policy takes parameters. */
  params: boolean
  /** Whether the expression may ask for rights. */
  authorizer: boolean
  /** Whether it makes a change. */
  mutates?: boolean
}

/** Types of the objects where they are known; any other is left open. */
export interface KnownTypes {
  object: Type
  params?: Type | undefined
  objects: ObjectTypes
}

export interface Refusal {
  detail: string
  /** Not what was written is to blame, but what could not be made of it. */
  internal: boolean
}

const VARIABLES = objectType('kubernetes.variables')
const SIMPLE = new Set<Type['kind']>([
  'bool',
  'bytes',
  'double',
  'duration',
  'int',
  'null',
  'string',
  'timestamp',
  'uint',
])
const mutatingFunctions = joined(kubernetes, patchFunctions)

/** As a field's type; what is no plain value is left open. */
function asField(type: Type): Type {
  if (SIMPLE.has(type.kind)) return type
  if (type.kind === 'list') return listOf(asField(type.params[0]!))
  return type.kind === 'map' ? mapOf(asField(type.params[0]!), asField(type.params[1]!)) : DYN
}

export class PolicyCompiler {
  readonly #variables: Map<string, Type> | undefined
  readonly #types: KnownTypes | undefined
  readonly #made = new Map<string, Expression | CompileError>()

  /** @param composes whether `variables` may be spoken of */
  constructor(composes: boolean, types?: KnownTypes) {
    this.#variables = composes ? new Map() : undefined
    this.#types = types
  }

  /** What is said of it after this may use it, in whatever state it is. */
  addVariable(name: string, text: string, params: boolean): Refusal | undefined {
    const made = this.compile(text, { params, authorizer: true })
    this.#variables?.set(name, 'detail' in made ? DYN : asField(made.type))
    return 'detail' in made ? made : undefined
  }

  compile(text: string, language: PolicyLanguage): Expression | Refusal {
    const { params, authorizer, mutates = false } = language
    const key = `${params} ${authorizer} ${mutates} ${this.#variables?.size} ${text}`
    let made = this.#made.get(key)
    if (!made) {
      try {
        made = compile(text, this.#language(language))
      } catch (error) {
        if (!(error instanceof CompileError)) throw error
        made = error
      }
      this.#made.set(key, made)
    }
    if (!(made instanceof CompileError)) return made
    return { detail: made.message, internal: made.message.startsWith('program instantiation') }
  }

  /** @param wanted what it may give */
  check(text: string, language: PolicyLanguage, wanted: readonly Type[]): Refusal | undefined {
    const made = this.compile(text, language)
    if ('detail' in made) return made
    if (wanted.some(type => isExact(type, made.type))) return undefined
    const one = wanted.length === 1
    const types = one ? declared(wanted[0]!) : `one of [${wanted.map(declared).join(' ')}]`
    return { detail: `must evaluate to ${types} but got ${declared(made.type)}`, internal: false }
  }

  #language({ params, authorizer, mutates }: PolicyLanguage): Language {
    const known = this.#types
    const object = known?.object ?? DYN
    const variables = new Map<string, Type>([
      ['object', object],
      ['oldObject', object],
      ['namespaceObject', NAMESPACE_TYPE],
      ['request', REQUEST_TYPE],
    ])
    if (params) variables.set('params', known?.params ?? DYN)
    if (authorizer) variables.set('authorizer', AUTHORIZER)
    if (authorizer && !known) variables.set('authorizer.requestResource', RESOURCE_CHECK)
    const fields = this.#variables && new Map(this.#variables)
    if (fields) variables.set('variables', VARIABLES)
    return {
      variables,
      objects: {
        fieldsOf(name) {
          if (fields && name === VARIABLES.name) return fields
          const found = known?.objects.fieldsOf(name) ?? requestTypes.fieldsOf(name)
          return found ?? (mutates ? literalTypes.fieldsOf(name) : undefined)
        },
      },
      ...(mutates && { functions: mutatingFunctions, makeObject: makeLiteral }),
    }
  }
}
