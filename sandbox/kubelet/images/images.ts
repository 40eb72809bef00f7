/** Making sure that a container's image is on the node: by policy, with back-off, in the kubelet's words. */

import { goDuration } from '../../api/formats/duration.ts'
import { parseImage } from '../../api/kinds/pod/image.ts'
import type { ImageInfo, RuntimeError } from '../../runtime/cri.ts'
import { errorText, type NodeContext } from '../node-context.ts'
import { sleep, type Task } from '../task.ts'
import { TIMINGS } from '../timings.ts'
import type { EventType, Pod, Refusal } from '../types.ts'

export type ImageResult = { image: ImageInfo } | { refusal: Refusal }

export function* ensureImage(
  node: NodeContext,
  pod: Pod,
  event: (type: EventType, reason: string, message: string) => void,
  name: string,
  pullPolicy: string | undefined,
): Task<ImageResult> {
  const refuse = (reason: string, message: string): ImageResult => ({ refusal: { reason, message } })

  const problem = imageNameProblem(name)
  if (problem) {
    const message = `Failed to apply default image tag "${name}": couldn't parse image name "${name}": ${problem}`
    event('Warning', 'InspectFailed', message)
    return refuse('InvalidImageName', message)
  }
  yield sleep(node.clock, TIMINGS.inspectImage)
  const policy = pullPolicy ?? (parseImage(name)?.tag === 'latest' ? 'Always' : 'IfNotPresent')
  const present = node.runtime.image(name)
  if (present && policy !== 'Always') {
    event('Normal', 'Pulled', `Container image "${name}" already present on machine and can be accessed by the pod`)
    return { image: present }
  }
  if (policy === 'Never') {
    const message = `Container image "${name}" is not present with pull policy of Never`
    event('Warning', 'ErrImageNeverPull', message)
    return refuse('ErrImageNeverPull', message)
  }

  const key = `${pod.metadata.uid}_${name}`
  const started = node.clock.now()
  if (node.imageBackoff.isInBackOffSinceUpdate(key, started)) {
    const message = `Back-off pulling image "${name}"`
    event('Normal', 'BackOff', message)
    const before = node.pullErrors.get(key)
    return refuse('ImagePullBackOff', before ? `${message}: ${before}` : message)
  }
  node.pullErrors.delete(key)
  event('Normal', 'Pulling', `Pulling image "${name}"`)
  const result = (yield resume => node.runtime.pull(name, resume)) as
    | { image: ImageInfo; ms: number }
    | { error: RuntimeError; ms: number }
  const now = node.clock.now()
  if ('error' in result) {
    const text = errorText(result.error)
    event('Warning', 'Failed', `Failed to pull image "${name}": ${text}`)
    node.imageBackoff.next(key, now)
    const refusal = pullRefusal(name, text)
    node.pullErrors.set(key, `${refusal.reason}: ${refusal.message}`)
    return { refusal }
  }
  const { image, ms } = result
  const took = `${goDuration(Math.round(ms))} (${goDuration(now - started)} including waiting)`
  event('Normal', 'Pulled', `Successfully pulled image "${name}" in ${took}. Image size: ${image.bytes} bytes.`)
  return { image }
}

/** A registry that cannot be reached, and a bad signature, have reasons of their own. */
function pullRefusal(name: string, text: string): Refusal {
  for (const [prefix, words] of [
    ['RegistryUnavailable', 'the registry is unavailable'],
    ['SignatureValidationFailed', 'the signature validation failed'],
  ] as const) {
    if (text.startsWith(prefix)) {
      return { reason: prefix, message: `image pull failed for ${name} because ${words}${text.slice(prefix.length)}` }
    }
  }
  return { reason: 'ErrImagePull', message: text }
}

/** What the reference library says of a name that is none; undefined for a good one. */
function imageNameProblem(name: string): string | undefined {
  if (parseImage(name)) return undefined
  if (/^[a-f0-9]{64}$/.test(name)) {
    return `invalid repository name (${name}), cannot specify 64-byte hexadecimal strings`
  }
  if (name === '') return 'repository name must have at least one component'
  const [first, ...rest] = name.split('/')
  const hasDomain = rest.length > 0 && (/[.:]/.test(first!) || first === 'localhost' || first !== first!.toLowerCase())
  const remainder = hasDomain ? rest.join('/') : name
  const path = (hasDomain && first !== 'docker.io') || remainder.includes('/') ? remainder : `library/${remainder}`
  const repository = path.split('@')[0]!.replace(/:[^/]*$/, '')
  if (repository !== repository.toLowerCase()) {
    return `invalid reference format: repository name (${repository}) must be lowercase`
  }
  if (repository.length > 255) return 'repository name must not be more than 255 characters'
  return 'invalid reference format'
}

/** A Pod may name secrets for its registry that are not there; the pull is tried all the same. */
export function checkPullSecrets(node: NodeContext, pod: Pod): void {
  const missing = (pod.spec.imagePullSecrets ?? []).flatMap(({ name }) => {
    if (!name) return []
    try {
      node.sources.secret(pod.metadata.namespace ?? '', name)
      return []
    } catch {
      return [name]
    }
  })
  if (!missing.length) return
  const message = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`
  node.podEvent(pod, 'Warning', 'FailedToRetrieveImagePullSecret', message)
}
