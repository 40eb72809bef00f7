/** Declarations of an environment: variables, types and functions with their overloads. */
import type { Value } from '../runtime/values.ts'
import { readType, splitTypes, type Type } from './types.ts'

export type Implementation = (...args: Value[]) => Value

export interface Overload {
  /** cel-go's own name, by which costs are looked up. */
  id: string
  member: boolean
  /** That before the dot first, if there is one. */
  params: readonly Type[]
  result: Type
  /** Undefined where the evaluator does it itself. */
  call?: Implementation | undefined
}

export type Functions = ReadonlyMap<string, readonly Overload[]>

/** One overload a line: `name id (a, b) -> c`, or `name id a.(b) -> c` for a member. */
export function readDeclarations(text: string, implementations: Readonly<Record<string, Implementation>>): Functions {
  const found = new Map<string, Overload[]>()
  for (const line of text.trim().split('\n')) {
    const [, name, id, receiver, args, result] =
      /^(\S+) (\S+) (?:(\S.*?)\.)?\(((?:[^()]|\([^>]*\))*)\) -> (.+)$/.exec(line.trim()) ?? []
    if (!name || !id || args === undefined || !result) throw new Error(`no declaration: ${line}`)
    const params = [...(receiver ? [receiver] : []), ...splitTypes(args)].map(readType)
    const overload = { id, member: receiver !== undefined, params, result: readType(result), call: implementations[id] }
    found.set(name, [...(found.get(name) ?? []), overload])
  }
  return found
}

/** The types of fields, by their names. */
export type Fields = Pick<ReadonlyMap<string, Type>, 'get'>

/** Types whose values have fields. */
export interface ObjectTypes {
  /** Undefined when there is no such type. */
  fieldsOf(type: string): Fields | undefined
}

export interface Declarations {
  variables: ReadonlyMap<string, Type>
  functions: Functions
  objects: ObjectTypes
}
