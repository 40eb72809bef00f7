/** Sending views to the page, piece by piece. */
import { expect, test } from 'vitest'
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import type { ViewChange } from './rpc.ts'
import { emptyView } from './view-diff.ts'
import { createViewSender } from './view-sender.ts'

const pods = Array.from({ length: 301 }, (_, i) => ({ metadata: { uid: `pod-${i}` } }))

function page() {
  const sent: ViewChange[] = []
  const later: (() => void)[] = []
  let view = emptyView
  const sender = createViewSender({
    inTurn: work => void work(),
    look: () => view,
    send: change => void sent.push(change),
    later: (_, work) => void later.push(work),
  })
  return {
    sender,
    sent,
    become: (n: number) => {
      view = { ...emptyView, pods: pods.slice(0, n) } as unknown as ClusterView
      sender.changed()
    },
    wait: () => {
      for (const work of later.splice(0)) work()
    },
    known: () => sent.reduce((sum, change) => sum + change.pods.length, 0),
  }
}

test('a flood of Pods reaches the page piece by piece, each when the one before has been drawn', () => {
  const { sender, sent, become, wait, known } = page()
  sender.begin()
  sender.drawn()
  become(300)
  wait()
  expect(sent).toHaveLength(2)
  expect(known()).toBeLessThan(50)
  // Whatever happens meanwhile, a page that draws nothing is sent nothing.
  become(301)
  wait()
  expect(sent).toHaveLength(2)
  for (let frame = 0; frame < 60; frame++) {
    sender.drawn()
    wait()
  }
  expect(known()).toBe(301)
  const quiet = sent.length
  sender.drawn()
  wait()
  expect(sent).toHaveLength(quiet)
})
