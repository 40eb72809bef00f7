/** The event by which kube-proxy tells that it has started on a node: of the newer API, so without a count, and without a message. */
import { type EventWriterOptions, eventWriter } from '../api/events/event-writer.ts'
import type { KubeObject } from '../api/types.ts'

const COMPONENT = 'kube-proxy'

export function recordStart(options: EventWriterOptions, nodeName: string): void {
  const { about, write } = eventWriter(options)
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName } } as KubeObject
  write(node, {
    metadata: undefined,
    involvedObject: about(node),
    reason: 'Starting',
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    type: 'Normal',
    eventTime: options.clock.microTimestamp(),
    action: 'StartKubeProxy',
    reportingComponent: COMPONENT,
    reportingInstance: `${COMPONENT}-${nodeName}`,
  })
}
