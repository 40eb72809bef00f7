/**
 * Plays the same scenes on a real control plane and on ours, with the same make-believe kubelets, and prints what came out otherwise.
 *   npm run compare:play -- --server URL --token TOKEN --keep FOLDER [--again | --ours] [words …]
 *   words    only scenes whose name holds one of them
 *   --keep   where what the real one did is kept; a scene is played there again only when it has changed
 *   --again  … or always
 *   --ours   only scenes that the real one has played
 * The real one needs API server, controller manager and scheduler, and no nodes; what is in the scenes' namespaces, and all nodes, volumes and
 * storage classes, are deleted. What differs by chance, as who of several comes first, is printed too: read before you mend.
 */

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { helpIfAsked } from '../../../tools/manual.mjs'
import { differences } from './differ.ts'
import { Kubelets } from './kubelets.ts'
import { ownPlane, realPlane, type Thing } from './plane.node.ts'
import { type Scene, scenes } from './scenes/index.ts'
import { Stage } from './stage.ts'

helpIfAsked(import.meta.filename)

interface Kept {
  of: string
  start: number
  seen: Record<string, Thing[]>
}

const digest = (scene: Scene): string => createHash('sha1').update(String(scene.play)).digest('hex')
const BOOT = 2000

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      server: { type: 'string', default: '' },
      token: { type: 'string', default: '' },
      keep: { type: 'string', default: '' },
      again: { type: 'boolean', default: false },
      ours: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  if (!values.keep) throw new Error('--keep FOLDER: where what the real one did is kept')
  mkdirSync(values.keep, { recursive: true })
  const named = scenes.filter(s => !positionals.length || positionals.some(w => s.name.includes(w)))
  const fileOf = (s: Scene): string => join(values.keep, `${s.name}.json`)
  const keptOf = (s: Scene): Kept | undefined => {
    if (!existsSync(fileOf(s))) return undefined
    const kept = JSON.parse(readFileSync(fileOf(s), 'utf8')) as Kept
    return kept.of === digest(s) ? kept : undefined
  }
  const chosen = values.ours ? named.filter(s => keptOf(s)) : named
  const wanted = chosen.filter(s => values.again || !keptOf(s))
  if (wanted.length)
    await playReal(realPlane(values.server, values.token), wanted, (s, kept) =>
      writeFileSync(fileOf(s), JSON.stringify(kept)),
    )
  let wrong = 0
  for (const scene of chosen) {
    const kept = keptOf(scene)!
    const plane = ownPlane(kept.start - BOOT)
    const kubelets = new Kubelets(plane)
    await plane.pass(BOOT)
    const stage = new Stage(plane, kubelets, scene.name, true)
    await begin(stage, scene)
    await scene.play(stage)
    for (const moment of Object.keys(kept.seen)) {
      const lines = differences(kept.seen[moment]!, stage.seen[moment] ?? [], Boolean(scene.alone))
      if (lines.length) console.log(`\n${scene.name} / ${moment}\n${lines.join('\n')}`)
      wrong += lines.filter(l => !l.startsWith('    ')).length
    }
    for (const moment of Object.keys(stage.seen))
      if (!kept.seen[moment])
        console.log(`\n${scene.name} / ${moment}: only ours\n`, JSON.stringify(stage.seen[moment]))
  }
  console.log(`\n${chosen.length} scenes, ${wrong} objects otherwise`)
}

async function begin(stage: Stage, scene: Scene): Promise<void> {
  if (!scene.alone && !stage.plane.real) await addNodes(stage.kubelets)
  await stage.call('POST', '/api/v1/namespaces', { metadata: { name: stage.ns } })
  await stage.plane.pass(1500)
}

async function addNodes(kubelets: Kubelets): Promise<void> {
  for (const i of [1, 2, 3])
    await kubelets.addNode(`node-${i}`, { labels: { 'topology.kubernetes.io/zone': `zone-${i}` } })
}

async function clean(stage: Stage): Promise<void> {
  await stage.call('DELETE', stage.path('Namespace', stage.ns), { propagationPolicy: 'Background' })
}

/** Those that share nodes at the same time, then the others one by one. */
async function playReal(
  plane: ReturnType<typeof realPlane>,
  wanted: readonly Scene[],
  done: (s: Scene, kept: Kept) => void,
): Promise<void> {
  const kubelets = new Kubelets(plane)
  const wipe = async (): Promise<void> => {
    for (const path of [
      '/api/v1/nodes',
      '/api/v1/persistentvolumes',
      '/apis/storage.k8s.io/v1/storageclasses',
      '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases',
    ])
      await plane.call('DELETE', path, {})
    kubelets.alive.clear()
    const names = new Set(scenes.flatMap(scene => [scene.name, `${scene.name}-inner`]))
    for (;;) {
      const { body } = await plane.call('GET', '/api/v1/namespaces')
      const left = body.items.filter((n: Thing) => names.has(n.metadata.name))
      if (!left.length) break
      for (const { metadata } of left) {
        const at = `/api/v1/namespaces/${metadata.name}`
        const { body } = await plane.call('GET', `${at}/pods`)
        for (const pod of body.items) {
          await plane.call(
            'PATCH',
            `${at}/pods/${pod.metadata.name}`,
            { metadata: { finalizers: null } },
            'application/merge-patch+json',
          )
          await plane.call('DELETE', `${at}/pods/${pod.metadata.name}`, { gracePeriodSeconds: 0 })
        }
        await plane.call('DELETE', at, {})
      }
      await plane.pass(1500)
    }
  }
  const play = async (scene: Scene, ticks: boolean): Promise<void> => {
    const start = Date.now()
    const stage = new Stage(plane, kubelets, scene.name, ticks)
    await begin(stage, scene)
    try {
      await scene.play(stage)
      done(scene, { of: digest(scene), start, seen: stage.seen })
    } catch (error) {
      console.error(scene.name, error)
    }
    await clean(stage)
  }
  await wipe()
  const together = wanted.filter(s => !s.alone)
  if (together.length) {
    await addNodes(kubelets)
    let over = false
    const ticking = (async () => {
      while (!over) {
        await kubelets.tick().catch(console.error)
        await plane.pass(200)
      }
    })()
    let next = 0
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let s = together[next++]; s; s = together[next++]) {
          await play(s, false)
          console.error('played', s.name)
        }
      }),
    )
    over = true
    await ticking
  }
  for (const scene of wanted.filter(s => s.alone)) {
    await wipe()
    await play(scene, true)
    console.error('played', scene.name)
  }
}

if (import.meta.main) {
  // It may be thrown away, and its certificate is its own.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  await main()
}
