/** Paths to fields, as kustomize's tables write them: lists on the way are entered, absent maps are made where asked. */
import { isRecord, type Obj } from '../objects.ts'

export interface FieldSpec {
  path: string
  kind?: string
  group?: string
  /** Makes what is missing. */
  create?: boolean
}

/** The steps of `a/b\/c`. */
const stepsOf = (path: string): string[] =>
  path.match(/(?:\\\/|[^/])+/g)?.map(s => s.replaceAll('\\/', '/').replace(/\[\]$/, '')) ?? []

export const isMeant = (spec: FieldSpec, { apiVersion = '', kind }: Obj): boolean =>
  (!spec.kind || spec.kind === kind) &&
  (!spec.group || spec.group === (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''))

/** Puts `change` of what stands at the path in its place. */
export function changeField(object: Obj, { path, create }: FieldSpec, change: (value: unknown) => unknown): void {
  const visit = (holder: unknown, [step, ...rest]: readonly string[]): void => {
    if (Array.isArray(holder)) {
      for (const one of holder) visit(one, [step!, ...rest])
      return
    }
    if (!isRecord(holder) || step === undefined) return
    if (!rest.length) {
      if (holder[step] !== undefined || create) holder[step] = change(holder[step])
      return
    }
    if (holder[step] === undefined || holder[step] === null) {
      // A list that is not there has no entries to make anything in.
      if (!create || path.includes(`${step}[]`)) return
      holder[step] = {}
    }
    visit(holder[step], rest)
  }
  visit(object, stepsOf(path))
}
