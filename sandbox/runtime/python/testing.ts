/** What tests of Python share: a container that runs a program, and a shell beside one. */

import { createVolume } from '../files/volume.ts'
import { finish, logOf, machine } from '../testing.ts'

const ENDLESS = 120_000

/** A container of the official image that runs a program, beside a shell. */
export function program(
  source: string,
  config: { env?: Record<string, string>; memoryBytes?: number; image?: string } = {},
  m = machine(),
) {
  const volume = createVolume(m.clock)
  volume.root.write('app.py', source)
  const sandbox = m.sandbox('pod')
  const container = m.run(
    config.image ?? 'python:3.13',
    { command: ['python', '/app/app.py'], mounts: [{ volume, containerPath: '/app', readOnly: false }], ...config },
    sandbox,
  )
  const ended = () => container.state.state === 'exited'
  return {
    m,
    container,
    ip: sandbox.ips[0]!,
    log: () => logOf(container),
    status: () => (container.state.state === 'exited' ? container.state.status : undefined),
    toTheEnd: (ms = ENDLESS) => finish(m.clock, ended, ms),
  }
}

/** Runs a command line in a container of the image. */
export async function sh(script: string, image = 'python:3.13') {
  const m = machine()
  const container = m.run(image, { command: ['sleep', '1d'] })
  const { code, out, err } = await m.exec(container, ['sh', '-c', script])
  return `${code} ${out}${err}`
}
