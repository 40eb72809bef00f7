/** What real shells and tools answered: busybox 1.35, Debian 12's dash, bash 5.2 and mawk, recorded once. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { finish, machine } from '../testing.ts'

interface Recorded {
  shell: 'ash' | 'dash' | 'bash'
  script: string
  code: number
  out: string
  err: string
}

const recorded = JSON.parse(readFileSync(new URL('./shells.golden.json', import.meta.url), 'utf8')) as Recorded[]

async function answer({ shell, script }: Recorded): Promise<Recorded> {
  const m = machine()
  const container = m.run(shell === 'ash' ? 'busybox:1.36' : 'debian:12', {
    command: [shell === 'bash' ? '/bin/bash' : '/bin/sh', '-c', script],
  })
  await finish(m.clock, () => container.state.state === 'exited', 60_000)
  const text = (stream: string): string =>
    container.logs
      .lines()
      .filter(line => line.stream === stream)
      .map(line => line.text + (line.partial ? '' : '\n'))
      .join('')
  const code = container.state.state === 'exited' ? container.state.status.code : -1
  return { shell, script, code, out: text('stdout'), err: text('stderr') }
}

test.each(['ash', 'dash', 'bash'] as const)('%s', async shell => {
  const mine = recorded.filter(each => each.shell === shell)
  expect(mine.length).toBeGreaterThan(40)
  for (const each of mine) expect(await answer(each)).toEqual(each)
})
