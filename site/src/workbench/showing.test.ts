import { expect, test } from 'vitest'
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import type { ViewChange } from './rpc.ts'
import { createShowing } from './showing.ts'
import { emptyView } from './view-change.ts'

const pods = Array.from({ length: 301 }, (_, i) => ({ metadata: { uid: `pod-${i}` } }))

function page() {
  const sent: ViewChange[] = []
  const later: (() => void)[] = []
  let view = emptyView
  const showing = createShowing({
    inTurn: work => void work(),
    look: () => view,
    send: change => void sent.push(change),
    later: (_, work) => void later.push(work),
  })
  return {
    showing,
    sent,
    become: (n: number) => {
      view = { ...emptyView, pods: pods.slice(0, n) } as unknown as ClusterView
      showing.soon()
    },
    wait: () => {
      for (const work of later.splice(0)) work()
    },
    known: () => sent.reduce((sum, change) => sum + change.pods.length, 0),
  }
}

test('a flood of Pods reaches the page piece by piece, each when the one before has been drawn', () => {
  const { showing, sent, become, wait, known } = page()
  showing.begin()
  showing.drawn()
  become(300)
  wait()
  expect(sent).toHaveLength(2)
  expect(known()).toBeLessThan(50)
  // Whatever happens meanwhile, a page that draws nothing is sent nothing.
  become(301)
  wait()
  expect(sent).toHaveLength(2)
  for (let frame = 0; frame < 60; frame++) {
    showing.drawn()
    wait()
  }
  expect(known()).toBe(301)
  const quiet = sent.length
  showing.drawn()
  wait()
  expect(sent).toHaveLength(quiet)
})
