/** Kernel parameters that a container changes: only a privileged one can, and the machine's are the machine's. */
import { expect, it } from 'vitest'
import { logOf, machine } from '../testing.ts'

const RAISE = ['sh', '-c', 'sysctl -w vm.max_map_count=262144; sysctl -n vm.max_map_count']

it('are changed for the whole node by who is privileged, and by nobody else', async () => {
  const m = machine()
  const guarded = m.run('busybox', { command: RAISE })
  await m.clock.advance(500)
  expect(logOf(guarded)).toBe("sysctl: error setting key 'vm.max_map_count': Read-only file system\n65530\n")
  const privileged = m.run('busybox', { name: 'privileged', command: RAISE, privileged: true })
  await m.clock.advance(500)
  expect(logOf(privileged)).toBe('vm.max_map_count = 262144\n262144\n')
  const other = m.run('debian', { name: 'other', command: ['cat', '/proc/sys/vm/max_map_count'] }, m.sandbox('other'))
  await m.clock.advance(500)
  expect(logOf(other)).toBe('262144\n')
})

it('of the network are those of the Pod', async () => {
  const m = machine()
  m.run('busybox', { command: ['sysctl', '-w', 'net.core.somaxconn=1024'], privileged: true })
  await m.clock.advance(500)
  const beside = m.run('busybox', { name: 'beside', command: ['sysctl', 'net.core.somaxconn'] })
  const other = m.run('busybox', { name: 'other', command: ['sysctl', 'net.core.somaxconn'] }, m.sandbox('other'))
  await m.clock.advance(500)
  expect([logOf(beside), logOf(other)]).toEqual(['net.core.somaxconn = 1024\n', 'net.core.somaxconn = 4096\n'])
})

it('take what the kernel takes, and keep the numbers that were not written', async () => {
  const m = machine()
  const range = 'net.ipv4.ip_local_port_range'
  const script = `sysctl -w ${range}='3000 2000'; sysctl -q -w ${range}=4000; sysctl -n ${range}`
  const c = m.run('busybox', { command: ['sh', '-c', script], privileged: true })
  await m.clock.advance(500)
  expect(logOf(c)).toBe(`sysctl: error setting key '${range}': Invalid argument\n4000\t60999\n`)
})
