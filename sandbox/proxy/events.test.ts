/** Events of kube-proxy. */
import { expect, it } from 'vitest'
import { event as eventKind } from '../api/kinds/event.ts'
import { kinds } from '../api/kinds/index.ts'
import { testServer } from '../api/testing.ts'
import { recordStart } from './events.ts'

it('kube-proxy tells that it has started, in an event of the newer API without a message', () => {
  const { client, clock } = testServer(kinds)
  recordStart({ client, clock, kind: eventKind }, 'node-1')
  const [told] = client.list(eventKind, { namespace: 'default' })
  expect(told).toMatchObject({
    involvedObject: { kind: 'Node', name: 'node-1', apiVersion: 'v1' },
    reason: 'Starting',
    type: 'Normal',
    action: 'StartKubeProxy',
    eventTime: clock.microTimestamp(),
    reportingComponent: 'kube-proxy',
    reportingInstance: 'kube-proxy-node-1',
  })
  expect(told!.message).toBeUndefined()
  expect(told!.involvedObject.uid).toBeUndefined()
})
