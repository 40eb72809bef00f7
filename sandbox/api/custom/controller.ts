/** Follows CustomResourceDefinitions: serves their kinds, says so in their status, and clears up when they go. */
import { API_SERVICES } from '../aggregation/local.ts'
import { systemUser } from '../authentication/user.ts'
import type { WatchEvent } from '../client.ts'
import { deepEqual } from '../formats/json.ts'
import { type KindDef, resourceOf } from '../kind.ts'
import { CLEANUP } from '../kinds/customresourcedefinition.ts'
import { rare } from '../kinds/validation/parts.ts'
import type { ApiServer } from '../server.ts'
import { isConflict, isNotFound } from '../status.ts'
import type { CustomResourceDefinition, KubeObject } from '../types.ts'
import { askingWebhook, convertsByWebhook, renaming } from './conversion.ts'
import { kindsOf } from './kinds.ts'
import { judgeNames } from './names.ts'

/** How often it is looked whether the last object has gone. */
const LOOK_EVERY_MS = 5000

/** @returns what is to be told of every change of a definition */
export function followDefinitions(server: ApiServer, kind: KindDef): (event: WatchEvent<KubeObject>) => void {
  const served = new Map<string, KindDef[]>()
  const options = { user: systemUser('system:apiserver') }

  const withdraw = (name: string): void => {
    for (const old of served.get(name) ?? []) server.registry.remove(old)
    served.delete(name)
    server.outside.askers.delete(name)
  }

  /** A change by somebody else in between only means that there is another turn to come. */
  const quietly = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      if (!isConflict(error) && !isNotFound(error)) throw error
    }
  }

  const reconcile = (name: string): void => {
    const definition = server.find(kind, '', name) as CustomResourceDefinition | undefined
    if (!definition) return
    if (definition.metadata.deletionTimestamp) {
      quietly(() => finish(inProgress(definition)))
      return
    }
    quietly(() => judge(name))
  }

  /** Says which names it has. */
  const judge = (name: string): void => {
    const now = server.find(kind, '', name) as CustomResourceDefinition | undefined
    if (!now || now.metadata.deletionTimestamp) return
    const verdict = judgeNames(now, ofGroup(now))
    const known = now.status?.conditions ?? []
    const conditions = verdict.conditions.map(condition => {
      const before = known.find(c => c.type === condition.type)
      const isSame = before?.status === condition.status && before.reason === condition.reason
      return isSame && before.message === condition.message
        ? before
        : {
            ...condition,
            lastTransitionTime:
              before?.status === condition.status ? before.lastTransitionTime : server.clock.timestamp(),
          }
    })
    const others = known.filter(c => !verdict.conditions.some(own => own.type === c.type))
    const status = { ...now.status, acceptedNames: verdict.acceptedNames, conditions: [...conditions, ...others] }
    if (!deepEqual(status, now.status)) server.replace(kind, now, { ...now, status }, { subresource: 'status' })
  }

  const ofGroup = ({ metadata, spec }: CustomResourceDefinition): CustomResourceDefinition[] =>
    (server.list(kind) as readonly CustomResourceDefinition[]).filter(
      other => other.spec.group === spec.group && other.metadata.name !== metadata.name,
    )

  /** Says that its objects are going. */
  const inProgress = (definition: CustomResourceDefinition): CustomResourceDefinition => {
    const conditions = definition.status?.conditions?.map(condition =>
      condition.type === 'Terminating'
        ? { ...condition, reason: 'InstanceDeletionInProgress', message: 'CustomResource deletion is in progress' }
        : condition,
    )
    const change = { ...definition, status: { ...definition.status, conditions } }
    return server.replace(kind, definition, change, { subresource: 'status' }) as CustomResourceDefinition
  }

  /** All objects of the kind go first, then the definition. */
  const finish = (definition: CustomResourceDefinition): void => {
    const { metadata } = definition
    if (!metadata.finalizers?.includes(CLEANUP)) return
    const held = served.get(metadata.name)?.[0]
    if (held) {
      const kept = held.stored?.as ?? held
      server.deleteCollection(kept, server.list(kept), { ...options, admitted: true })
      if (server.store.count(resourceOf(held))) {
        server.clock.after(LOOK_EVERY_MS, () => reconcile(metadata.name), { quiet: true })
        return
      }
    }
    const now = server.get(kind, '', metadata.name)
    server.replace(kind, now, {
      ...now,
      metadata: { ...now.metadata, finalizers: now.metadata.finalizers?.filter(f => f !== CLEANUP) ?? [] },
    })
  }

  /** Each version of a group has an APIService while there is a definition that serves it. */
  const register = (...definitions: (CustomResourceDefinition | undefined)[]): void => {
    const apiServices = server.registry.resource(API_SERVICES)
    const names = definitions.flatMap(d => d?.spec.versions?.map(v => `${v.name}.${d.spec.group}`) ?? [])
    if (!apiServices) return
    server.clock.soon(async () => {
      await rare.load()
      for (const name of new Set(names)) rare.now.keepRegistered(server, apiServices, name)
    })
  }

  /** With the names that it gets, if it is to be served: what needs a moment to be written down holds already. */
  const established = (definition: CustomResourceDefinition): CustomResourceDefinition | undefined => {
    const { acceptedNames, conditions } = judgeNames(definition, ofGroup(definition))
    if (!conditions.some(c => c.type === 'Established' && c.status === 'True')) return undefined
    const { names } = definition.spec
    return { ...definition, spec: { ...definition.spec, names: { ...names, ...acceptedNames } } }
  }

  return ({ type, object, old }) => {
    const definition = object as CustomResourceDefinition
    const { name } = definition.metadata
    withdraw(name)
    if (old?.spec !== definition.spec || type === 'DELETED')
      register(definition, old as CustomResourceDefinition | undefined)
    // Who wanted a name that is given back may have it now.
    if (type === 'DELETED')
      server.clock.soon(() => {
        for (const other of ofGroup(definition)) reconcile(other.metadata.name)
      })
    if (type === 'DELETED') return
    server.clock.soon(() => reconcile(name))
    const serving = established(definition)
    if (!serving) return
    const byWebhook = convertsByWebhook(definition)
    if (byWebhook) server.outside.askers.add(name)
    const kinds = kindsOf(serving, byWebhook ? askingWebhook(server, definition) : renaming(definition))
    served.set(name, kinds)
    for (const made of kinds) server.addKind(made)
  }
}
