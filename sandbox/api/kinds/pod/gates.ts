/** Fields that 1.36 takes away as they come, because their feature gates are closed by default. */
import type { Draft } from '../../kind.ts'

/** What a projected volume may not have: ClusterTrustBundleProjection and PodCertificateRequest are closed. The source stays, with nothing in it. */
export function dropClosedProjections(spec: Draft): void {
  for (const volume of spec.volumes ?? [])
    for (const source of volume?.projected?.sources ?? []) {
      if (!source) continue
      delete source.clusterTrustBundle
      delete source.podCertificate
    }
}
