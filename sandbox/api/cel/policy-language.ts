/** What the expressions of admission policies may speak of, and the authorizer that they may ask. */
import type { Environment } from '@marcbachmann/cel-js'
import { type Compiler, makeCompiler } from './environment.ts'
import { withMaps } from './object-literals.ts'

export interface Question {
  verb: string
  path?: string
  group?: string
  resource?: string
  subresource?: string
  namespace?: string
  name?: string
}

/** A question to the authorizer, filled in step by step: `authorizer.group('').resource('pods').check('get')`. */
export class Authorizer {
  readonly ask: (question: Question) => boolean
  readonly question: Omit<Question, 'verb'>
  constructor(ask: Authorizer['ask'], question: Authorizer['question'] = {}) {
    this.ask = ask
    this.question = question
  }
  with(part: Authorizer['question']): Authorizer {
    return new Authorizer(this.ask, { ...this.question, ...part })
  }
}

class Decision {
  readonly allowed: boolean
  constructor(allowed: boolean) {
    this.allowed = allowed
  }
}

/** `authorizer`, and what it can be asked. */
export function addAuthorizer(env: Environment): void {
  const A = 'kubernetes.authorization.Authorizer'
  const D = 'kubernetes.authorization.Decision'
  env.registerType(A, Authorizer).registerType(D, Decision).registerVariable('authorizer', A)
  for (const part of ['path', 'group', 'resource', 'subresource', 'namespace', 'name']) {
    env.registerFunction(`${A}.${part}(string): ${A}`, (a: Authorizer, value: string) => a.with({ [part]: value }))
  }
  env
    .registerFunction(
      `${A}.check(string): ${D}`,
      (a: Authorizer, verb: string) => new Decision(a.ask({ ...a.question, verb })),
    )
    .registerFunction(`${D}.allowed(): bool`, (d: Decision) => d.allowed)
    .registerFunction(`${D}.reason(): string`, () => '')
}

const COMMON = ['object', 'oldObject', 'request', 'namespaceObject', 'variables']
const made = new Map<string, Compiler>()

/** `jsonpatch.escapeKey(name)`: a name as a step of a JSON pointer. */
class JsonPatchLibrary {}

function addJsonPatch(env: Environment): void {
  const T = 'kubernetes.JSONPatch'
  env
    .registerType(T, JsonPatchLibrary)
    .registerConstant('jsonpatch', T, new JsonPatchLibrary())
    .registerFunction(`${T}.escapeKey(string): string`, (_: JsonPatchLibrary, key: string) =>
      key.replaceAll('~', '~0').replaceAll('/', '~1'),
    )
}

export interface PolicyLanguage {
  /** Whether the policy takes parameters. */
  params: boolean
  /** Whether the expression may ask for rights. */
  authorizer: boolean
  /** Whether it makes a change. */
  mutates?: boolean
}

export function policyCompiler({ params, authorizer, mutates = false }: PolicyLanguage): Compiler {
  const key = `${params} ${authorizer} ${mutates}`
  let compiler = made.get(key)
  if (!compiler) {
    compiler = makeCompiler({
      variables: [...COMMON, ...(params ? ['params'] : [])],
      extend(env) {
        if (authorizer) addAuthorizer(env)
        if (mutates) addJsonPatch(env)
      },
    })
    if (mutates) {
      const { compile } = compiler
      compiler = { compile: text => compile(withMaps(text)) }
    }
    made.set(key, compiler)
  }
  return compiler
}
