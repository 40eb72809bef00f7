/** Events of kube-proxy: of the newer API, so without a count. */
import { type EventWriterOptions, eventWriter } from '../api/events/event-writer.ts'
import type { KubeObject } from '../api/types.ts'

const COMPONENT = 'kube-proxy'

/** @param subject by its kind and name; its uid is told where it is given */
export function recordEvent(
  options: EventWriterOptions,
  nodeName: string,
  subject: KubeObject,
  said: { type: 'Normal' | 'Warning'; reason: string; action: string; message?: string },
): void {
  const { about, write } = eventWriter(options)
  write(subject, {
    metadata: undefined,
    involvedObject: about(subject),
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: options.clock.microTimestamp(),
    ...said,
    reportingComponent: COMPONENT,
    reportingInstance: `${COMPONENT}-${nodeName}`,
  })
}

/** kube-proxy has started on a node: an event without a message. */
export function recordStart(options: EventWriterOptions, nodeName: string): void {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName } } as KubeObject
  recordEvent(options, nodeName, node, { type: 'Normal', reason: 'Starting', action: 'StartKubeProxy' })
}
