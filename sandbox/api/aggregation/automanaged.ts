/** The APIServices of custom resources: there is one for every version that a definition serves, for as long as it does. */

import { systemUser } from '../authentication/user.ts'
import { deepEqual } from '../formats/json.ts'
import type { KindDef } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import { StatusError } from '../status.ts'
import type { APIService, CustomResourceDefinition } from '../types.ts'
import { AUTOMANAGED } from './local.ts'

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io'
const GROUP_PRIORITY = 1000
const VERSION_PRIORITY = 100

const user = systemUser('system:apiserver')

function isServed(server: ApiServer, group: string, version: string): boolean {
  const all = server.context.list(DEFINITIONS) as readonly CustomResourceDefinition[]
  return all.some(({ spec }) => spec.group === group && spec.versions?.some(v => v.name === version && v.served))
}

/** Makes the APIService of a version of a group, sets it right, or takes it away. One that is nobody's to manage is left alone. */
export function keepRegistered(server: ApiServer, kind: KindDef, name: string): void {
  const at = name.indexOf('.')
  const [version, group] = [name.slice(0, at), name.slice(at + 1)]
  const present = server.find(kind, '', name) as APIService | undefined
  const isManaged = present?.metadata.labels?.[AUTOMANAGED] === 'true'
  const spec = { group, groupPriorityMinimum: GROUP_PRIORITY, version, versionPriority: VERSION_PRIORITY }
  const work = (): void => {
    if (!isServed(server, group, version)) {
      if (isManaged) server.delete(kind, '', name, { user })
    } else if (!present) {
      server.create(kind, '', { metadata: { name, labels: { [AUTOMANAGED]: 'true' } }, spec }, { user })
    } else if (isManaged && !deepEqual(present.spec, spec)) {
      server.update(kind, '', name, old => ({ ...old, metadata: { ...old.metadata }, spec }), { user })
    }
  }
  server.outside.carry(work, outcome => {
    // A webhook may refuse it; anything else is a mistake of ours.
    if ('error' in outcome && !(outcome.error instanceof StatusError)) throw outcome.error
  })
}
