/** Whoever asks for the kernel's release hears the same. */
import { expect, test } from 'vitest'
import { machine } from '../testing.ts'
import { KERNEL_RELEASE } from './kernel-release.ts'

test('uname and /proc/version are of one kernel, that of the node', async () => {
  const { out } = await machine().sh('uname -r; cat /proc/version; echo "Linux version $(uname -r)"; uname -v')
  const [release, version, begin, build] = out.split('\n')
  expect(release).toBe(KERNEL_RELEASE)
  expect(version!.startsWith(`${begin} `)).toBe(true)
  expect(version!.endsWith(` ${build}`)).toBe(true)
})
