/** Completions of command lines. */
import { expect, it } from 'vitest'
import { run, server } from '../testing.ts'

it('completion offers verbs, types and flags', async () => {
  const offered = async (...words: string[]): Promise<string> =>
    (await run(['__complete', ...words], { server: server({ 'GET /api/v1/namespaces/default/pods': pods }) })).out
  const pods = { items: [{ metadata: { name: 'web' } }, { metadata: { name: 'db' } }] }
  expect(await offered('desc')).toBe('describe\tShow details of a specific resource or group of resources\n:4\n')
  expect(await offered('get', 'conf')).toBe('configmaps\n:4\n')
  expect(await offered('get', 'cm,po')).toBe('cm,pods\n:4\n')
  expect(await offered('get', 'pods', '')).toBe('web\ndb\n:4\n')
  expect(await offered('get', 'pods', 'web', '')).toBe('db\n:4\n')
  expect(await offered('get', '--show-l')).toBe(
    '--show-labels\tWhen printing, show all labels as the last column (default hide labels column)\n:4\n',
  )
  expect(await offered('logs', 'we')).toBe('web\n:4\n')
  expect(await offered('logs', 'st')).toBe('statefulsets/\n:6\n')
  expect(await offered('scale', '--repl')).toBe('--replicas\tThe new desired number of replicas. Required.\n:4\n')
  expect(await offered('rollout', 'pause', '')).toBe('deployment\n:4\n')
  expect(await offered('apply', '-f', '')).toBe('json\nyaml\nyml\n:8\n')
  expect(await offered('explain', 'po')).toBe(':0\n')
  expect((await run(['__completeNoDesc', 'get', '--show-l'])).out).toBe('--show-labels\n:4\n')
})
