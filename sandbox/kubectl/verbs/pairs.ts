/** key=value and key- as `label`, `annotate`, `taint` and `set env` take them, after the resources that they are for. */
import { KubectlError } from '../errors.ts'

const isPair = (arg: string): boolean =>
  (arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && arg !== '-')

/** @throws KubectlError */
export function resourcesAndPairs(args: readonly string[], what: string): { resources: string[]; pairs: string[] } {
  const resources: string[] = []
  const pairs: string[] = []
  for (const arg of args) {
    if (isPair(arg)) pairs.push(arg)
    else if (pairs.length) throw new KubectlError(`all resources must be specified before ${what} changes: ${arg}`)
    else resources.push(arg)
  }
  return { resources, pairs }
}
