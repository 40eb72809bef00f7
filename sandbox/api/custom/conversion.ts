/** Custom objects from one version into another: by their name alone, or by a webhook that is asked. */

import type { Call } from '../egress/outside.ts'
import { addressOf, type ClientConfig, readReply } from '../egress/remote.ts'
import { clone, deepEqual, isObject } from '../formats/json.ts'
import type { Draft } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import { StatusError } from '../status.ts'
import type { CustomResourceDefinition } from '../types.ts'

/** @returns the objects in a version; those that are in it already stay who they are */
export type Converter = (objects: readonly Draft[], version: string) => Draft[]

const GROUP = 'apiextensions.k8s.io'
const TIMEOUT_SECONDS = 30

export const convertsByWebhook = ({ spec }: CustomResourceDefinition): boolean =>
  spec.conversion?.strategy === 'Webhook'

/** What was kept in a version that its definition no longer has can be read in none. @throws a nameless error, as the real one */
function refuseGone({ spec }: CustomResourceDefinition, { apiVersion }: Draft): void {
  if (!spec.versions?.some(({ name }) => apiVersion === `${spec.group}/${name}`))
    throw new StatusError(500, '', `request to convert CR from an invalid group/version: ${apiVersion}`)
}

/** Where versions differ in name only. */
export const renaming =
  (definition: CustomResourceDefinition): Converter =>
  (objects, version) => {
    const apiVersion = `${definition.spec.group}/${version}`
    return objects.map(object => {
      if (object.apiVersion === apiVersion) return object
      refuseGone(definition, object)
      return { ...object, apiVersion }
    })
  }

export function askingWebhook(server: ApiServer, definition: CustomResourceDefinition): Converter {
  const { group, conversion } = definition.spec
  const { clientConfig = {}, conversionReviewVersions = [] } = conversion?.webhook ?? {}
  const reviewVersion = conversionReviewVersions.find(v => v === 'v1' || v === 'v1beta1') ?? 'v1'
  return (objects, version) => {
    const desired = `${group}/${version}`
    const others = objects.filter(object => object.apiVersion !== desired)
    if (!others.length) return [...objects]
    for (const other of others) refuseGone(definition, other)
    const call: Call = {
      ...addressOf(server, clientConfig as ClientConfig),
      key: `convert ${definition.metadata.uid} ${desired} ${JSON.stringify(others)}`,
      timeoutSeconds: TIMEOUT_SECONDS,
      body: uid =>
        JSON.stringify({
          kind: 'ConversionReview',
          apiVersion: `${GROUP}/${reviewVersion}`,
          request: { uid, desiredAPIVersion: desired, objects: others },
        }),
    }
    const { apiVersion, kind } = others[0]
    const failed = (why: string): StatusError =>
      new StatusError(500, '', `conversion webhook for ${apiVersion}, Kind=${kind} ${why}`)
    const answer = readReply(server.outside.ask([call])[0]!)
    if ('error' in answer) throw failed(`failed: ${answer.error}`)
    const made = convertedObjects(answer.value, answer.uid, reviewVersion, failed)
    if (made.length !== others.length) throw failed(`returned ${made.length} objects, expected ${others.length}`)
    let next = 0
    return objects.map(object =>
      object.apiVersion === desired ? object : checked(object, made[next++], desired, failed),
    )
  }
}

type Failed = (why: string) => StatusError

function convertedObjects(value: Draft, uid: string, version: string, failed: Failed): readonly Draft[] {
  const { response, apiVersion = '', kind = '' } = value
  const expected = `${GROUP}/v1`
  if (version === 'v1' && (apiVersion !== expected || kind !== 'ConversionReview'))
    throw failed(
      `failed: expected webhook response of ${expected}, Kind=ConversionReview, got ${apiVersion || '/'}, Kind=${kind}`,
    )
  if (!isObject(response)) throw failed('failed: no response provided')
  const { uid: theirs = '', result = {}, convertedObjects: made } = response as Draft
  if (version === 'v1' && theirs !== uid)
    throw failed(`failed: expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(theirs)}`)
  if (result.status !== 'Success')
    throw failed(`failed: ${result.message || `response.result.status was '${result.status ?? ''}', not 'Success'`}`)
  return Array.isArray(made) ? made : []
}

/** What a webhook has made of an object: still that object, with labels and annotations of its choice. */
function checked(was: Draft, made: Draft, desired: string, failed: Failed): Draft {
  const invalid = (why: string): StatusError => failed(`returned invalid converted object at index 0: ${why}`)
  if (made?.apiVersion !== desired)
    throw invalid(`invalid groupVersion (expected ${desired}, received ${made?.apiVersion ?? ''})`)
  if (made.kind !== was.kind) throw invalid(`invalid kind (expected ${was.kind}, received ${made.kind})`)
  if (!isObject(made.metadata)) throw failed('returned invalid metadata: missing metadata in converted object')
  const of = (object: Draft, key: string): string => object.metadata[key] ?? ''
  for (const [key, what] of [
    ['name', 'name'],
    ['namespace', 'namespace'],
    ['uid', 'UID'],
  ] as const)
    if (of(was, key) !== of(made, key))
      throw failed(`returned invalid object: must have the same ${what}: ${of(was, key)} != ${of(made, key)}`)
  const { labels, annotations } = made.metadata as Draft
  const { labels: _l, annotations: _a, ...rest } = was.metadata
  const metadata = { ...rest, ...(labels && { labels }), ...(annotations && { annotations }) }
  return clone({ ...made, metadata: deepEqual(metadata, was.metadata) ? was.metadata : metadata })
}
