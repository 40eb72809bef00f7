/** Follows CustomResourceDefinitions: serves their kinds, says so in their status, and clears up when they go. */
import { API_SERVICES } from '../aggregation/local.ts'
import type { WatchEvent } from '../client.ts'
import { type KindDef, resourceOf } from '../kind.ts'
import { rare } from '../kinds/validation/parts.ts'
import type { ApiServer } from '../server.ts'
import { isConflict, isNotFound } from '../status.ts'
import type { CustomResourceDefinition, KubeObject } from '../types.ts'
import { systemUser } from '../user.ts'
import { askingWebhook, convertsByWebhook, renaming } from './conversion.ts'
import { kindsOf } from './kinds.ts'

const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io'

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
      quietly(() => finish(definition))
      return
    }
    if (!definition.metadata.finalizers?.includes(CLEANUP)) {
      const { metadata } = definition
      quietly(() => {
        server.replace(kind, definition, {
          ...definition,
          metadata: { ...metadata, finalizers: [...(metadata.finalizers ?? []), CLEANUP] },
        })
      })
    }
    quietly(() => {
      const now = server.find(kind, '', name) as CustomResourceDefinition | undefined
      if (now && !now.status?.conditions?.length)
        server.replace(
          kind,
          now,
          { ...now, status: { ...now.status, ...accepted(now) } as never },
          { subresource: 'status' },
        )
    })
  }

  const accepted = ({ spec, metadata }: CustomResourceDefinition): object => ({
    acceptedNames: spec.names,
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found', metadata.generation),
      condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted', metadata.generation),
    ],
  })
  const condition = (type: string, reason: string, message: string, observedGeneration?: number): object => ({
    lastTransitionTime: server.clock.timestamp(),
    message,
    observedGeneration,
    reason,
    status: 'True',
    type,
  })

  /** All objects of the kind go first, then the definition. */
  const finish = (definition: CustomResourceDefinition): void => {
    const { metadata } = definition
    if (!metadata.finalizers?.includes(CLEANUP)) return
    const held = served.get(metadata.name)?.[0]
    if (held) {
      const kept = held.stored?.as ?? held
      server.deleteCollection(kept, server.list(kept), { ...options, admitted: true })
      if (server.store.count(resourceOf(held))) {
        server.clock.after(1000, () => reconcile(metadata.name), { quiet: true })
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

  return ({ type, object, old }) => {
    const definition = object as CustomResourceDefinition
    const { name } = definition.metadata
    withdraw(name)
    if (old?.spec !== definition.spec || type === 'DELETED')
      register(definition, old as CustomResourceDefinition | undefined)
    if (type === 'DELETED') return
    const byWebhook = convertsByWebhook(definition)
    if (byWebhook) server.outside.askers.add(name)
    const kinds = kindsOf(definition, byWebhook ? askingWebhook(server, definition) : renaming(definition))
    served.set(name, kinds)
    for (const made of kinds) server.addKind(made)
    server.clock.soon(() => reconcile(name))
  }
}
