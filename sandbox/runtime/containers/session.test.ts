/** exec and attach: how long they last, and what holds them. */
import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

const idle = () => {
  const m = machine()
  return { m, container: m.run('busybox:1.36', { command: ['sleep', '3600'] }) }
}

test('an executed command lasts as long as what it left in the background holds its output', async () => {
  const { m, container } = idle()
  const session = container.exec({ argv: ['sh', '-c', '(sleep 20; echo late) & echo at once'] })
  const seen: string[] = []
  session.onOutput((_, data) => void seen.push(data))
  session.onExit(({ code }) => void seen.push(`exit ${code}`))
  await m.clock.advance(10_000)
  expect(seen).toEqual(['at once\n'])
  await m.clock.advance(11_000)
  expect(seen).toEqual(['at once\n', 'late\n', 'exit 0'])
})

test('who has opened the output by its name holds it, too', async () => {
  const { m, container } = idle()
  const session = container.exec({
    argv: ['sh', '-c', 'sh -c "sleep 20; echo late" >/dev/stdout 2>/dev/stdout & exec true'],
  })
  const seen: string[] = []
  session.onOutput((_, data) => void seen.push(data))
  session.onExit(({ code }) => void seen.push(`exit ${code}`))
  await m.clock.advance(10_000)
  expect(seen).toEqual([])
  await m.clock.advance(11_000)
  expect(seen).toEqual(['late\n', 'exit 0'])
})

test('what is left behind without its output, or by a daemon, goes on alone', async () => {
  const { m, container } = idle()
  const left = await m.exec(container, ['sh', '-c', 'sleep 300 >/dev/null 2>&1 & httpd -p 8080; exit 3'], { ms: 5000 })
  expect(left).toMatchObject({ code: 3 })
  expect((await m.exec(container, ['sh', '-c', 'ps | grep -cE "[s]leep 300|[h]ttpd -p"'])).out).toBe('2\n')
})

test('the end of the input ends an attachment, and the container only if it was for that one', async () => {
  const command = ['sh', '-c', 'while read x; do echo heard $x; done; echo over; sleep 60']
  for (const stdinOnce of [false, true]) {
    const m = machine()
    const container = m.run('busybox:1.36', { command, stdin: true, stdinOnce })
    const session = container.attach({ stdin: true })
    const seen: string[] = []
    session.onOutput((_, data) => void seen.push(data))
    session.onExit(() => void seen.push('detached'))
    await m.clock.settle()
    session.writeStdin('one\n')
    await m.clock.settle()
    session.closeStdin()
    await m.clock.settle()
    expect(seen).toEqual(['heard one\n', stdinOnce ? 'over\n' : 'detached'])
  }
})
