/** The shape of a submission: every record of a session passes, anything else is refused. */
import { expect, test } from 'vitest'
import { createSession } from '../../sandbox/scenario/create.ts'
import type { Input } from '../../sandbox/scenario/session.ts'
import { impossible, recordShape } from './submission.ts'

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

test('what no session could have recorded is told from what one could', () => {
  const opened: Input = { type: 'open', terminal: 0, columns: 80, rows: 24 }
  const typed: Input = { type: 'terminal', terminal: 0, data: 'ls' }
  const closed: Input = { type: 'close', terminal: 0 }
  const said = (inputs: readonly [at: number, input: Input][], end = 10): string | undefined =>
    impossible({
      version: 1,
      lesson: 'l',
      seed: 's',
      start: 0,
      nodes: ['n'],
      inputs: inputs.map(([at, input]) => ({ at, input })),
      end,
    })
  const good: [number, Input][] = [
    [0, opened],
    [5, typed],
    [5, closed],
    [6, opened],
    [10, typed],
  ]
  expect(said(good)).toBeUndefined()
  expect(said(good, 9)).toBe('it ends before its last input')
  expect(
    said([
      [5, opened],
      [4, typed],
    ]),
  ).toBe('input 1 comes before what was there earlier')
  expect(said([[0, typed]])).toBe('input 0 is for terminal 0, which is not open')
  expect(
    said([
      [0, opened],
      [1, opened],
    ]),
  ).toBe('input 1 opens terminal 0 twice')
  expect(
    said([
      [0, opened],
      [1, closed],
      [2, typed],
    ]),
  ).toBe('input 2 is for terminal 0, which is not open')
  const fortnight = 14 * 24 * 3600 * 1000
  expect([said([], fortnight), said([], fortnight + 1)]).toEqual([undefined, 'it lasts longer than two weeks'])
})
