/** Prints the result of a verb for each object: `deployment.apps/web scaled`, or the object as -o wants it. */
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { type KeepOrder, objectPrinter, splitFormat } from './printer.ts'

export const dryRunSuffix = (k: Kubectl): string =>
  ({ none: '', client: ' (dry run)', server: ' (server dry run)' })[k.dryRun()]

export type ResultPrinter = (object: Obj, operation: string) => Promise<void>

/**
 * @param keepOrder prints JSON in the order of the object's own keys, for objects built here, or in that of their types
 * @param suffix what is said behind the operation; patch says nothing of a dry run
 */
export async function resultPrinter(
  k: Kubectl,
  keepOrder: KeepOrder = false,
  suffix = dryRunSuffix(k),
): Promise<ResultPrinter> {
  const { format } = splitFormat(k.flags)
  const printer = format && format !== 'name' ? await objectPrinter(k.io, k.flags, { keepOrder }) : undefined
  const plain = !format
  const name = format === 'name' ? await objectPrinter(k.io, k.flags) : undefined
  return async (object, operation) => {
    if (printer) await k.out(printer.print(object))
    else if (name) await k.out(name.print(object))
    else if (plain) await k.out(`${shortName(object)} ${operation}${suffix}\n`)
  }
}

/** `deployment.apps/web` */
export function shortName(object: Obj): string {
  const apiVersion: string = object.apiVersion ?? ''
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : ''
  return `${String(object.kind ?? '').toLowerCase()}${group}/${object.metadata?.name || '<unknown>'}`
}
