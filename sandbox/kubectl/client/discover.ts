/** Discovery of a server's resources, from the server or from the files in which kubectl caches it for six hours. */

import { ApiError } from '../errors.ts'
import type { Io } from '../io.ts'
import { groupOf, type Obj, versionOf } from '../objects.ts'
import type { Client } from './client.ts'
import { apiVersionOf, Discovery, type Group, type Mapping } from './discovery.ts'

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'
const SIX_HOURS = 6 * 60 * 60 * 1000

/** The groups, and of each version its resources: APIGroupList and APIResourceLists, as they stand in the files. */
interface Documents {
  groups: Obj
  resources: Obj[]
}

/** In which folder below `--cache-dir` the answers of a server are. */
export const cacheDirectory = (cacheDir: string, server: string): string =>
  `${cacheDir}/discovery/${server.replace(/https?:\/\//, '').replace(/[^(\w/.)]/g, '_')}`

/** @param kept look into the files first; what comes from there may be out of date (`fresh` is false) */
export async function discover(client: Client, io: Io, directory: string, kept: boolean): Promise<Discovery> {
  const read = kept ? await readDocuments(io, directory) : undefined
  if (read) return discoveryOf(read, false)
  const asked = await askServer(client)
  await writeDocuments(io, directory, asked).catch(() => {
    // Where nothing can be written, the server is asked anew by every run.
  })
  return discoveryOf(asked, true)
}

const groupVersions = (groups: Obj): string[] =>
  groups.groups.flatMap((g: Obj) => g.versions.map((v: Obj) => v.groupVersion))

async function readFresh(io: Io, path: string): Promise<Obj | undefined> {
  const modified = await io.files.modified(path)
  if (modified === undefined || io.now() > modified + SIX_HOURS) return undefined
  const text = await io.files.read(path)
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

async function readDocuments(io: Io, directory: string): Promise<Documents | undefined> {
  const groups = await readFresh(io, `${directory}/servergroups.json`)
  if (!Array.isArray(groups?.groups)) return undefined
  const resources: Obj[] = []
  for (const version of groupVersions(groups)) {
    const list = await readFresh(io, `${directory}/${version}/serverresources.json`)
    if (!Array.isArray(list?.resources)) return undefined
    resources.push(list)
  }
  return { groups, resources }
}

async function writeDocuments(io: Io, directory: string, { groups, resources }: Documents): Promise<void> {
  const write = async (folder: string, name: string, document: Obj): Promise<void> => {
    await io.files.mkdir(folder)
    await io.files.write(`${folder}/${name}`, `${JSON.stringify(document)}\n`, 0o660)
  }
  await write(directory, 'servergroups.json', groups)
  for (const list of resources) await write(`${directory}/${list.groupVersion}`, 'serverresources.json', list)
}

async function askServer(client: Client): Promise<Documents> {
  try {
    const core = await client.json('GET', '/api', { accept: AGGREGATED })
    const rest = await client.json('GET', '/apis', { accept: AGGREGATED })
    if (Array.isArray(core.items) && Array.isArray(rest.items)) return fromAggregated([...core.items, ...rest.items])
    return await oneByOne(client, core, rest)
  } catch (e) {
    if (e instanceof ApiError && e.reason === 'NotFound')
      throw new ApiError({ ...e.status, message: 'the server could not find the requested resource' })
    throw e
  }
}

const groupVersion = (group: string, version: string): string => apiVersionOf({ group, version })

const groupDocument = (name: string, versions: readonly string[]): Obj => {
  const all = versions.map(version => ({ groupVersion: groupVersion(name, version), version }))
  return { name, versions: all, preferredVersion: all[0] }
}
const groupList = (groups: Obj[]): Obj => ({ kind: 'APIGroupList', apiVersion: 'v1', groups })

function fromAggregated(items: readonly Obj[]): Documents {
  const name = (group: Obj): string => group.metadata?.name ?? ''
  return {
    groups: groupList(
      items.map(g =>
        groupDocument(
          name(g),
          g.versions.map((v: Obj) => v.version),
        ),
      ),
    ),
    resources: items.flatMap(g =>
      g.versions.map((v: Obj) => ({
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion: groupVersion(name(g), v.version),
        resources: ((v.resources ?? []) as Obj[]).flatMap(resourceDocuments),
      })),
    ),
  }
}

/** A resource, and its subresources as resources of their own. */
function resourceDocuments(r: Obj): Obj[] {
  const namespaced = r.scope === 'Namespaced'
  const kindOf = (kind: Obj | undefined): Obj => ({
    ...(kind?.group && { group: kind.group }),
    ...(kind?.version && { version: kind.version }),
    kind: kind?.kind ?? '',
  })
  const main = {
    name: r.resource,
    singularName: r.singularResource ?? '',
    namespaced,
    ...kindOf(r.responseKind),
    verbs: r.verbs ?? [],
    ...(r.shortNames && { shortNames: r.shortNames }),
    ...(r.categories && { categories: r.categories }),
  }
  const subresources = ((r.subresources ?? []) as Obj[]).map(s => ({
    name: `${r.resource}/${s.subresource}`,
    singularName: r.singularResource ?? '',
    namespaced,
    ...kindOf(s.responseKind),
    verbs: s.verbs ?? [],
  }))
  return [main, ...subresources]
}

/** The older form of discovery: one document per group and version. */
async function oneByOne(client: Client, core: Obj, list: Obj): Promise<Documents> {
  const groups = groupList([groupDocument('', core.versions), ...list.groups])
  const resources: Obj[] = []
  for (const version of groupVersions(groups))
    resources.push(await client.json('GET', version.includes('/') ? `/apis/${version}` : `/api/${version}`))
  return { groups, resources }
}

function discoveryOf({ groups, resources }: Documents, fresh: boolean): Discovery {
  const mappings: Mapping[] = []
  for (const list of resources) {
    const [main, subresources] = [new Map<string, Mapping>(), list.resources.filter((r: Obj) => r.name.includes('/'))]
    for (const r of list.resources as Obj[])
      if (!r.name.includes('/'))
        main.set(r.name, {
          group: r.group ?? groupOf(list.groupVersion),
          version: r.version ?? versionOf(list.groupVersion),
          kind: r.kind,
          plural: r.name,
          singular: r.singularName ?? '',
          shortNames: r.shortNames ?? [],
          categories: r.categories ?? [],
          verbs: r.verbs ?? [],
          namespaced: r.namespaced,
          subresources: [],
        })
    for (const { name } of subresources) {
      const slash = name.indexOf('/')
      main.get(name.slice(0, slash))?.subresources.push(name.slice(slash + 1))
    }
    mappings.push(...main.values())
  }
  const named: Group[] = groups.groups.map((g: Obj) => ({
    name: g.name,
    versions: g.versions.map((v: Obj) => v.version),
  }))
  return new Discovery(mappings, named, fresh)
}
