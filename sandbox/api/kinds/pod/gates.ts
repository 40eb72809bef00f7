/** Fields that 1.36 takes away as they come, because their feature gates are closed by default. */
import type { Draft } from '../../kind.ts'

export function dropClosedFields(spec: Draft): void {
  // GenericWorkload.
  delete spec.schedulingGroup
  for (const list of [spec.initContainers, spec.containers, spec.ephemeralContainers])
    for (const container of list ?? []) dropStopSignal(container)
  for (const volume of spec.volumes ?? [])
    for (const source of volume?.projected?.sources ?? []) dropProjections(source)
}

/** ContainerStopSignals; a lifecycle that says nothing else goes with it. */
function dropStopSignal(container: Draft): void {
  const { lifecycle } = container ?? {}
  if (!lifecycle?.stopSignal) return
  delete lifecycle.stopSignal
  if (!Object.keys(lifecycle).length) delete container.lifecycle
}

/** ClusterTrustBundleProjection and PodCertificateRequest. The source stays, with nothing in it. */
function dropProjections(source: Draft): void {
  if (!source) return
  delete source.clusterTrustBundle
  delete source.podCertificate
}
