/** A worker that is a process of real Node. */
import { expect, test } from 'vitest'
import type { FromWorker } from '../rpc.ts'
import type { Container } from './real-node.ts'
import { RemoteWorker } from './remote-worker.ts'

test('the page is told of a port again when another server has taken it, for that may have another address', () => {
  const open = new Map<number, string>()
  let change = (): void => {}
  const onChange = (handler: () => void): void => {
    change = handler
  }
  const silent = { spawn: () => new Promise(() => {}), workdir: '/', path: '' } as unknown as Container
  const worker = new RemoteWorker(silent, { open, onChange })
  const told: FromWorker[] = []
  worker.addEventListener('message', event => told.push((event as MessageEvent<FromWorker>).data))
  worker.addEventListener('error', () => {})

  for (const address of ['https://a', 'https://a', 'https://b']) {
    open.set(8080, address)
    change()
  }
  open.clear()
  change()
  expect(told).toEqual([[8080], [8080], []].map(ports => ({ type: 'ports', ports })))
})
