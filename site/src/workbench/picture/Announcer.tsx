/** Says to a screen reader what changes in the picture: gathered for a moment, and never a flood. */
import { useEffect, useState } from 'preact/hooks'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { nodeReady, podState } from './pod-state.ts'

const GATHER_MS = 900
const MOST = 3

/** uid → what it is called and what state it is in. */
type Seen = Map<string, { name: string; state: string; node: boolean }>

export function Announcer() {
  const { model, t } = useLab()
  const [text, setText] = useState('')
  useEffect(() => {
    const c = t.cluster
    const look = (view: ClusterView): Seen => {
      const seen: Seen = new Map()
      for (const pod of view.pods)
        if (pod.metadata.namespace !== 'kube-system')
          seen.set(pod.metadata.uid, { name: pod.metadata.name, state: c.states[podState(pod)], node: false })
      for (const node of view.nodes)
        seen.set(node.metadata.uid, {
          name: node.metadata.name,
          state: nodeReady(node) ? c.nodeReady : c.nodeNotReady,
          node: true,
        })
      return seen
    }
    let before = look(model.view.get().view)
    let timer: ReturnType<typeof setTimeout> | undefined
    const say = (): void => {
      timer = undefined
      const after = look(model.view.get().view)
      const news: string[] = []
      // The first look at a world is no news.
      if (before.size > 0) {
        for (const [uid, { name, state, node }] of after)
          if (before.get(uid)?.state !== state) news.push(node ? c.nodeBecomes(name, state) : c.becomes(name, state))
        for (const [uid, { name }] of before) if (!after.has(uid)) news.push(c.gone(name))
      }
      before = after
      if (news.length > 0) setText(news.length > MOST ? c.many(news.length) : news.join('; '))
    }
    const stop = model.view.watch(() => {
      timer ??= setTimeout(say, GATHER_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  return (
    <div class="visually-hidden" role="status" aria-live="polite" data-announcer>
      {text}
    </div>
  )
}
