/** Parts of the server that are big and rarely needed: who passes requests on awaits them before `respond`. */
import { loadRules } from '../api/custom/rules.ts'
import type { ApiRequest } from './exchange.ts'
import { loadYaml } from './yaml.ts'

/** What has to be loaded before this request can be answered; undefined when it is all there. */
export function missingParts({ headers, body }: ApiRequest): Promise<unknown> | undefined {
  const parts: Promise<void>[] = []
  if (/yaml/i.test(headers['content-type'] ?? '')) parts.push(loadYaml())
  if (body.includes('x-kubernetes-validations')) parts.push(loadRules())
  return parts.length ? Promise.all(parts) : undefined
}
