/** What the expressions of admission policies may speak of, and the authorizer that they may ask. */
import type { Environment } from '@marcbachmann/cel-js'
import { type Compiler, makeCompiler } from './environment.ts'

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

/** @param params whether the policy takes parameters @param authorizer whether the expression may ask for rights */
export function policyCompiler({ params, authorizer }: { params: boolean; authorizer: boolean }): Compiler {
  const key = `${params} ${authorizer}`
  let compiler = made.get(key)
  if (!compiler) {
    compiler = makeCompiler({
      variables: [...COMMON, ...(params ? ['params'] : [])],
      ...(authorizer && { extend: addAuthorizer }),
    })
    made.set(key, compiler)
  }
  return compiler
}
