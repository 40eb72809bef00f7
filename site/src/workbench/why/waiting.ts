/** Diagnoses of Pods that do not start: no node, no volume, no image, no configuration. */
import { type Case, type Finding, lastEvent, missing, said, specOf, statusesOf } from './case.ts'

export function unscheduled(it: Case): Finding[] {
  const { pod, w, view } = it
  const gates = (pod.spec.schedulingGates ?? []).map(g => g.name).join(', ')
  if (gates) return [{ text: w.gated(gates) }]
  const { schedulerName = 'default-scheduler' } = pod.spec
  if (schedulerName !== 'default-scheduler') return [{ text: w.otherScheduler(schedulerName) }]
  const condition = pod.status.conditions?.find(c => c.type === 'PodScheduled' && c.status === 'False')
  if (!condition) return [{ text: w.notSeen }]
  const { message = '' } = condition
  // What is wrong with the Pod itself is no node's fault: the scheduler has not looked at any.
  const [, absent = ''] = /persistentvolumeclaim "([^"]+)" not found/.exec(message) ?? []
  if (absent) return [{ text: w.claimMissing(absent), ...said(message) }]
  if (/unbound immediate PersistentVolumeClaims/.test(message))
    return [{ text: w.claimUnbound, ...said(message) }, ...unbound(it)]
  const { nominatedNodeName: nominated } = pod.status
  return [
    ...(nominated ? [{ text: w.nominated(nominated) }] : []),
    { text: w.noNode(view.nodes.length), nodes: true, ...said(message) },
  ]
}

/** What keeps each of the Pod's claims from getting a volume. */
function unbound({ pod, w, view }: Case): Finding[] {
  const claims = (pod.spec.volumes ?? []).flatMap(v => v.persistentVolumeClaim?.claimName ?? [])
  return claims.flatMap(claim => {
    const event = view.events.findLast(
      e =>
        e.involvedObject.kind === 'PersistentVolumeClaim' &&
        e.involvedObject.name === claim &&
        e.involvedObject.namespace === pod.metadata.namespace,
    )
    if (!event) return []
    const { reason, message = '' } = event
    const [, storageClass] = /storageclass\S* "([^"]+)" not found/.exec(message) ?? []
    const text =
      reason === 'FailedBinding'
        ? w.claimWithoutClass(claim)
        : storageClass
          ? w.claimOtherClass(claim, storageClass)
          : reason === 'ProvisioningFailed'
            ? w.claimFailed(claim)
            : w.claimWaits(claim)
    return [{ text, ...said(message) }]
  })
}

export function imageFailed({ pod, w }: Case): Finding[] {
  return statusesOf(pod).flatMap(status => {
    const { reason = '', message = '' } = status.state?.waiting ?? {}
    if (!/Image|Registry/.test(reason)) return []
    const image = specOf(pod, status.name)?.image ?? status.image ?? ''
    const text =
      reason === 'InvalidImageName'
        ? w.imageName(image)
        : reason === 'ErrImageNeverPull'
          ? w.imageNever(image)
          : /pull access denied|authorization failed|unauthorized|denied/.test(message)
            ? w.imageDenied(image)
            : /no such host/.test(message)
              ? w.imageHost(image)
              : /not found|manifest unknown/.test(message)
                ? w.imageMissing(image)
                : /unexpected status.* 5\d\d|connection refused|timeout|deadline exceeded/.test(message)
                  ? w.imageRegistry(image)
                  : w.imageOther(image)
    return [{ text, ...said(message) }]
  })
}

export function configFailed({ pod, w }: Case): Finding[] {
  return statusesOf(pod).flatMap(({ name, state }) => {
    const { reason = '', message = '' } = state?.waiting ?? {}
    if (!/^(CreateContainer|RunContainer)/.test(reason)) return []
    const absent = missing(message)
    const [, key = '', where = ''] = /couldn't find key (\S+) in (.+)$/.exec(message) ?? []
    const text = absent
      ? w.configMissing(name, absent.what, absent.name)
      : key
        ? w.configKey(name, key, where)
        : /runAsNonRoot/.test(message)
          ? w.configRoot(name)
          : reason === 'RunContainerError'
            ? w.cannotStart(name)
            : w.configOther(name)
    return [{ text, ...said(message) }]
  })
}

/** Still being prepared: what holds it up. */
export function creating(it: Case, pulling: boolean): Finding[] {
  const { w } = it
  const mount = lastEvent(it, 'FailedMount')
  if (mount) {
    const { message = '' } = mount
    const absent = missing(message)
    const [, volume = ''] = /volume "([^"]+)"/.exec(message) ?? []
    const [, key = ''] = /references non-existent (?:config|secret) key: (\S+)/.exec(message) ?? []
    const [, path = ''] = /hostPath type check failed: (\S+)/.exec(message) ?? []
    const text = absent
      ? w.volume(volume, absent.what, absent.name)
      : key
        ? w.volumeKey(volume, key)
        : path
          ? w.volumePath(volume, path)
          : w.volumeOther
    return [{ text, ...said(message) }]
  }
  const sandbox = lastEvent(it, 'FailedCreatePodSandBox')
  if (sandbox) {
    const [, handler] = /no runtime for "([^"]+)" is configured/.exec(sandbox.message ?? '') ?? []
    return [{ text: handler ? w.noRuntime(handler) : w.sandbox, ...said(sandbox.message) }]
  }
  return [{ text: pulling ? w.pulling : w.preparing }]
}
