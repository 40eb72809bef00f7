/** Reads a kustomization, and refuses what it may not say or what is not simulated. */
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { documents } from '../manifests.ts'
import { type Obj, quote } from '../objects.ts'
import { absolute } from './paths.ts'

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

const KNOWN = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'labels',
  'commonAnnotations',
  'images',
  'replicas',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'replacements',
  'vars',
  'sortOptions',
  'buildMetadata',
])

/** They need programs, charts or schemas of one's own. */
const NOT_SIMULATED = new Set([
  'transformers',
  'generators',
  'validators',
  'helmCharts',
  'helmGlobals',
  'helmChartInflationGenerator',
  'configurations',
  'crds',
  'openapi',
])
const METADATA = new Set(['managedByLabel'])

export async function readKustomization(io: Io, folder: string): Promise<Obj> {
  const texts: string[] = []
  for (const name of FILE_NAMES) {
    const text = await io.files.read(`${folder}/${name}`)
    if (text !== undefined) texts.push(text)
  }
  if (!texts.length)
    throw new KubectlError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${absolute(io, folder)}'`,
    )
  if (texts.length > 1) throw new KubectlError(`Found multiple kustomization files under: ${absolute(io, folder)}\n`)
  const [first] = await documents(texts[0]!)
  if (first && 'error' in first)
    throw new KubectlError(`invalid Kustomization: ${first.error.replace(/^error converting YAML to JSON: /, '')}`)
  const object = first?.object ?? {}
  if (!Object.keys(object).some(key => key !== 'apiVersion' && key !== 'kind' && key !== 'metadata'))
    throw new KubectlError('kustomization.yaml is empty')
  check(object)
  return object
}

const GENERATOR = ['name', 'namespace', 'behavior', 'envs', 'env', 'files', 'literals', 'options']
/** What the entries of some lists may say. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  images: ['name', 'newName', 'newTag', 'tagSuffix', 'digest'],
  replicas: ['name', 'count'],
  labels: ['pairs', 'includeSelectors', 'includeTemplates', 'fields'],
  patches: ['path', 'patch', 'target', 'options'],
  patchesJson6902: ['path', 'patch', 'target', 'options'],
  configMapGenerator: GENERATOR,
  secretGenerator: [...GENERATOR, 'type'],
  replacements: ['path', 'source', 'targets'],
  vars: ['name', 'objref', 'fieldref'],
}

function check(object: Obj): void {
  for (const key of Object.keys(object)) {
    if (KNOWN.has(key)) continue
    throw new KubectlError(
      NOT_SIMULATED.has(key)
        ? `not simulated: ${key} in a kustomization`
        : `invalid Kustomization: json: unknown field ${quote(key)}`,
    )
  }
  for (const [list, fields] of Object.entries(ENTRIES))
    for (const entry of object[list] ?? [])
      for (const key of Object.keys(entry))
        if (!fields.includes(key)) throw new KubectlError(`invalid Kustomization: json: unknown field ${quote(key)}`)
  for (const word of object.buildMetadata ?? [])
    if (!METADATA.has(word)) throw new KubectlError(`not simulated: buildMetadata ${word} in a kustomization`)
}
