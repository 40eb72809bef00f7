/** The Pod template of a workload. */
import { type Obj, printLabels } from '../objects.ts'
import { describeContainers } from './containers.ts'
import { tolerations } from './selector.ts'
import { describeVolumes } from './volumes.ts'
import type { Writer } from './writer.ts'

export function describePodTemplate(w: Writer, template: Obj): void {
  w.line(0, 'Pod Template:')
  if (!template) {
    w.line(0, '  <unset>')
    return
  }
  const spec = template.spec ?? {}
  w.labels('Labels', template.metadata?.labels, '  ')
  if (Object.keys(template.metadata?.annotations ?? {}).length)
    w.annotations('  Annotations', template.metadata.annotations)
  if (spec.serviceAccountName) w.line(0, `  Service Account:\t${spec.serviceAccountName}`)
  if (spec.initContainers?.length) describeContainers(w, 'Init Containers', spec.initContainers, [], undefined, '  ')
  describeContainers(w, 'Containers', spec.containers ?? [], [], undefined, '  ')
  describeVolumes(w, spec.volumes, '  ')
  topology(w, spec.topologySpreadConstraints, '  ')
  if (spec.priorityClassName) w.line(0, `  Priority Class Name:\t${spec.priorityClassName}`)
  w.labels('Node-Selectors', spec.nodeSelector, '  ')
  tolerations(w, spec.tolerations, '  ')
}

export function topology(w: Writer, list: readonly Obj[] | undefined, indent: string): void {
  if (!list?.length) return
  w.write(0, `${indent}Topology Spread Constraints:\t`)
  ;[...list]
    .sort((a, b) => (a.topologyKey < b.topologyKey ? -1 : 1))
    .forEach((t, i) => {
      const selector = t.labelSelector ? ` for selector ${printLabels(t.labelSelector.matchLabels)}` : ''
      w.line(
        0,
        `${i ? `${indent}\t` : ''}${t.topologyKey}:${t.whenUnsatisfiable} when max skew ${t.maxSkew} is exceeded${selector}`,
      )
    })
}
