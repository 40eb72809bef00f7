/** `podlab serve --lesson`: the cluster of a lesson behind a port. */
import { expect, test } from 'vitest'
import { node } from '../api/kinds/node.ts'
import { pod } from '../api/kinds/pod/index.ts'
import { lessonCluster } from './lesson-cluster.ts'

const NOW = Date.parse('2026-05-04T12:00:00Z')

const lesson = {
  id: 'own',
  manifests: {
    'hut.yaml': `apiVersion: v1
kind: Pod
metadata: { name: hut }
spec: { containers: [{ name: web, image: 'example.com/hut:v1' }] }`,
  },
  files: {},
  settleMs: 60_000,
  nodes: ['alp'],
  images: [{ name: 'example.com/hut', tags: ['v1'], serve: { port: 80, answers: [{ body: 'warm' }] } }],
  exercises: [],
}

test('a served lesson has its nodes, its images and its past, and nothing that kubectl would take for the future', async () => {
  const { client, clock } = await lessonCluster(lesson, 'seed', NOW)
  expect(client.list(node).map(n => n.metadata.name)).toEqual(['alp'])
  const hut = client.list(pod).find(p => p.metadata.name === 'hut')
  expect(hut?.status.conditions?.find(c => c.type === 'Ready')?.status).toBe('True')
  expect(Date.parse(hut?.metadata.creationTimestamp ?? '')).toBeLessThan(NOW - lesson.settleMs + 1000)
  expect(clock.now()).toBeLessThanOrEqual(NOW)
})
