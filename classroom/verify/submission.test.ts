import { expect, test } from 'vitest'
import { createSession } from '../../sandbox/scenario/create.ts'
import { recordShape } from './submission.ts'

test('a record of anything that a session can record is well formed', async () => {
  const session = await createSession({ seed: 's', metricsServer: true, storageClass: true })
  const terminal = session.openTerminal({ columns: 80, rows: 24 })
  await session.dispatch({ type: 'resize', terminal, columns: 100, rows: 30 })
  await session.dispatch({ type: 'terminal', terminal, data: 'ls\r' })
  await session.dispatch({ type: 'command', terminal, line: 'kubectl port-forward pod/x 8080:80' })
  await session.dispatch({ type: 'file', path: 'a.yaml', text: null })
  await session.dispatch({ type: 'fault', command: 'node stop worker-1' })
  await session.preview(8080, '/')
  session.closeTerminal(terminal)
  await session.advance(0)
  const record = session.record()
  expect(recordShape.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
  expect([record.metricsServer, record.storageClass, record.inputs.map(i => i.input.type)]).toEqual([
    true,
    true,
    ['open', 'resize', 'terminal', 'command', 'file', 'fault', 'preview', 'close'],
  ])
})
