/** For tests: a script that a real shell has answered, and what ours makes of it. */
import { finish, machine } from './testing.ts'

export interface Recorded {
  shell: 'ash' | 'dash' | 'bash'
  script: string
  code: number
  out: string
  err: string
}

/** Where each shell is found: image and path. */
const SHELLS = {
  ash: ['busybox:1.36', '/bin/sh'],
  dash: ['debian:12', '/bin/sh'],
  bash: ['debian:12', '/bin/bash'],
} as const

/** Runs a script as the first process of a new container. @param before what comes before it in the same shell */
export async function answerTo({ shell, script }: Recorded, before = ''): Promise<Recorded> {
  const m = machine()
  const [image, path] = SHELLS[shell]
  const container = m.run(image, { command: [path, '-c', before + script] })
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
