/** The flags of `podlab serve`, and combinations that it refuses. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseServeFlags, serveOptions } from './serve-flags.ts'

const optionsOf = (line: string) => serveOptions(parseServeFlags(line.split(' ').filter(Boolean)))

it('serves on the usual port a cluster of the usual nodes, unless told otherwise', async () => {
  expect(await optionsOf('')).toMatchObject({ port: 6443, speed: 1, seed: 'podlab', tls: false, processes: false })
  expect(await optionsOf('')).not.toHaveProperty('nodes')
  expect(await optionsOf('--nodes 2')).toMatchObject({ nodes: ['node-1', 'node-2'] })
  expect(await optionsOf('--nodes 2 --node-names a,b,')).toMatchObject({ nodes: ['a', 'b'] })
  expect(await optionsOf('--authorization-mode RBAC,AlwaysAllow --port 0')).toMatchObject({
    alwaysAllow: true,
    port: 0,
  })
  expect(await optionsOf('--feature-gates MaxUnavailableStatefulSet=true')).toMatchObject({
    featureGates: ['MaxUnavailableStatefulSet'],
  })
})

it.each([
  ['--port 65536', '--port 65536 is no port'],
  ['--port http', '--port http is no port'],
  ['--speed 0', '--speed 0 is no positive number'],
  ['--nodes 0', '--nodes 0 is no positive number'],
  ['--nodes 1.5', '--nodes 1.5 is no positive number'],
  ['--authorization-mode ABAC', '--authorization-mode is one or more of RBAC, AlwaysAllow'],
  ['--disable-admission-plugins Priority,Nobody', 'disable-admission-plugins plugin "Nobody" is unknown'],
  ['--client-ca-file ca.crt', '--client-ca-file goes with --tls'],
  ['--runtime docker', '--runtime is one of simulated, process'],
  ['--runtime process --speed 2', 'real processes keep real time: --speed has to be 1'],
  ['--lesson here --runtime process', 'the cluster of a lesson is simulated'],
  ['--feature-gates A', '--feature-gates A: missing bool value for A'],
])('refuses %s', async (line, why) => {
  await expect(optionsOf(line)).rejects.toThrow(why)
})

it.each(['--nodes 2', '--node-names a', '--metrics-server', '--storage-class', '--authorization-mode AlwaysAllow'])(
  'lets a lesson say how its cluster is made, and refuses %s beside it',
  async flag => {
    await expect(optionsOf(`--lesson here ${flag}`)).rejects.toThrow(/^the lesson says which nodes there are/)
  },
)

it('names the flag whose file cannot be read, and the folder that is no lesson', async () => {
  await expect(optionsOf('--token-auth-file /nowhere/tokens')).rejects.toThrow(/^--token-auth-file: ENOENT/)
  await expect(optionsOf('--tls --client-ca-file /nowhere/ca')).rejects.toThrow(/^--client-ca-file: ENOENT/)
  const folder = mkdtempSync(join(tmpdir(), 'podlab-'))
  try {
    writeFileSync(join(folder, 'lesson.yaml'), 'minutes: many\n')
    await expect(optionsOf(`--lesson ${folder}`)).rejects.toThrow(`${folder} is no lesson: `)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
