/** Bytes that come by a WebSocket or a port, whatever characters they are cut in. */
import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import type { NodeProxy } from '../../api/egress/node-proxy.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Pod } from '../../api/types.ts'
import { createCluster } from '../../cluster.ts'
import { serve } from './node.ts'
import { startPortForward } from './remote.node.ts'

it('each forwarded port has characters of its own', () => {
  const socket = Object.assign(new EventEmitter(), { send() {}, close() {} })
  const sent: Record<number, string> = { 80: '', 81: '' }
  const nodes: Pick<NodeProxy, 'portForward'> = {
    portForward(_pod, port, done) {
      const send = (text: string): void => void (sent[port] += text)
      done({ connection: { send, onData() {}, onClose() {}, close() {} } })
    },
  }
  startPortForward(socket as unknown as WebSocket, nodes as NodeProxy, {} as Pod, [80, 81], () => {})
  for (const message of [
    [0, 0xe8],
    [2, 0x61],
    [0, 0xb1, 0x86],
  ])
    socket.emit('message', Buffer.from(message))
  expect(sent).toEqual({ 80: '豆', 81: 'a' })
})

it('a log is told in the bytes that were written', async () => {
  const { api, clock, client } = createCluster({ seed: 'bytes', nodes: ['worker-1'] })
  await clock.advance(60_000)
  const command = ['sh', '-c', String.raw`printf 'a\377\n'; sleep 1000`]
  client.create(podKind, {
    metadata: { name: 'a', namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'busybox:1.36', command }] },
  })
  await clock.advance(60_000)
  const { port, close } = await serve({ api, port: 0 })
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/namespaces/default/pods/a/log`)
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0x61, 0xff, 0x0a])
  await close()
})
