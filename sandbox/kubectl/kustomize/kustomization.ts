/** Reads a kustomization, and refuses what it may not say or what is not simulated. */
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { documents } from '../manifests/manifests.ts'
import type { Obj } from '../objects.ts'
import { absolute } from './paths.ts'
import { checkShape } from './shapes.ts'

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** The version of its API that each kind has to be of. */
const VERSIONS: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  Component: 'kustomize.config.k8s.io/v1alpha1',
}
/** They say where a resource comes from, and who has changed it. */
const NOT_SIMULATED_METADATA = new Set(['originAnnotations', 'transformerAnnotations'])

export async function readKustomization(io: Io, folder: string): Promise<Obj> {
  const root = absolute(io, folder)
  const texts: string[] = []
  for (const name of FILE_NAMES) {
    const text = await io.files.read(`${folder}/${name}`)
    if (text !== undefined) texts.push(text)
  }
  if (!texts.length)
    throw new KubectlError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${root}'`,
    )
  if (texts.length > 1) throw new KubectlError(`Found multiple kustomization files under: ${root}\n`)
  const [first] = await documents(texts[0]!)
  if (first && 'error' in first)
    throw new KubectlError(`invalid Kustomization: ${first.error.replace(/^error converting YAML to JSON: /, '')}`)
  const k = first?.object ?? {}
  checkShape(k)
  await warnOfOldFields(io, k)
  if (!Object.keys(k).some(key => key !== 'apiVersion' && key !== 'kind' && key !== 'metadata'))
    throw new KubectlError('kustomization.yaml is empty')
  const { kind = 'Kustomization', apiVersion = VERSIONS[kind] } = k
  const wrong = VERSIONS[kind]
    ? apiVersion !== VERSIONS[kind] && `apiVersion for ${kind} should be ${VERSIONS[kind]}`
    : 'kind should be Kustomization or Component'
  if (wrong) throw new KubectlError(`Failed to read kustomization file under ${root}:\n${wrong}`)
  for (const word of k.buildMetadata ?? [])
    if (NOT_SIMULATED_METADATA.has(word))
      throw new KubectlError(`not simulated: buildMetadata ${word} in a kustomization`)
  return {
    ...k,
    kind,
    resources: [...(k.resources ?? []), ...(k.bases ?? [])],
    images: [...(k.images ?? []), ...(k.imageTags ?? [])],
  }
}

const OLD: Readonly<Record<string, string>> = {
  bases: "Please use 'resources' instead.",
  commonLabels: "Please use 'labels' instead.",
  imageTags: "Please use 'images' instead.",
  patchesJson6902: "Please use 'patches' instead.",
  patchesStrategicMerge: "Please use 'patches' instead.",
  vars: "Please use 'replacements' instead. [EXPERIMENTAL]",
}

async function warnOfOldFields(io: Io, k: Obj): Promise<void> {
  for (const [old, advice] of Object.entries(OLD))
    if (k[old])
      await io.err(
        `# Warning: '${old}' is deprecated. ${advice} Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
      )
}
