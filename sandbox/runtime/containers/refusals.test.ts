/** Sandboxes that cannot be made of what a Pod asks for, in containerd's words. */
import { describe, expect, it } from 'vitest'
import type { SandboxConfig } from '../cri.ts'
import { machine } from '../testing.ts'

const MIB = 1024 ** 2

/** What is said of a sandbox, without its random id; undefined where it is made. */
function said(config: Partial<SandboxConfig>): string | undefined {
  const { runtime } = machine()
  const plain: SandboxConfig = {
    namespace: 'default',
    name: 'p',
    uid: 'p',
    nodeName: 'node-1',
    hostname: 'p',
    hostNetwork: false,
    shareProcessNamespace: false,
    resolvConf: '',
    hosts: () => '',
  }
  try {
    runtime.createSandbox({ ...plain, ...config })
  } catch (error) {
    return (error as Error).message.replace(/[0-9a-f]{64}/g, 'ID')
  }
  return undefined
}

const CREATE =
  'failed to start sandbox "ID": failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: '

describe('a sandbox', () => {
  it('needs memory for runc and for the pause container', () => {
    expect(said({ memoryBytes: 1 * MIB })).toBe(`${CREATE}container init was OOM-killed (memory limit too low?)`)
    expect(said({ memoryBytes: 3 * MIB })).toBe(
      'failed to start sandbox "ID": failed to start sandbox container task "ID": cannot start a stopped process',
    )
    expect(said({ memoryBytes: 4 * MIB })).toBeUndefined()
  })

  it('has no group without a user', () => {
    expect(said({ user: { gid: 5 } })).toBe(
      'failed to start sandbox "ID": failed to generate sandbox container spec options: failed to generate user string: user group "5" is specified without user',
    )
    expect(said({ user: { uid: 1, gid: 5 } })).toBeUndefined()
  })

  it('takes no values of kernel parameters that the kernel refuses', () => {
    const invalid = (path: string): string =>
      `${CREATE}error during container init: write /proc/sys/${path}: invalid argument`
    expect(said({ sysctls: { 'net.ipv4.ip_unprivileged_port_start': 'abc' } })).toBe(
      invalid('net/ipv4/ip_unprivileged_port_start'),
    )
    expect(said({ sysctls: { 'kernel.shm_rmid_forced': '7' } })).toBe(invalid('kernel/shm_rmid_forced'))
    expect(said({ sysctls: { 'net.ipv4.ip_local_port_range': '3000 2000' } })).toBe(
      invalid('net/ipv4/ip_local_port_range'),
    )
    expect(said({ sysctls: { 'net.ipv4.ip_local_port_range': '61000' } })).toBe(invalid('net/ipv4/ip_local_port_range'))
    expect(said({ sysctls: { 'net.ipv4.ip_local_reserved_ports': '2105-2100' } })).toBe(
      invalid('net/ipv4/ip_local_reserved_ports'),
    )
    expect(said({ sysctls: { 'net.ipv4.ip_local_reserved_ports': `${' '.repeat(200_000)}x` } })).toBe(
      invalid('net/ipv4/ip_local_reserved_ports'),
    )
    expect(said({ sysctls: { 'net.ipv4.tcp_rmem': '0 1 2' } })).toBe(invalid('net/ipv4/tcp_rmem'))
    expect(said({ sysctls: { 'net.ipv4.ip_local_port_range': '3000' } })).toBeUndefined()
    const good = {
      'kernel.shm_rmid_forced': '1',
      'net.ipv4.ip_local_port_range': '2000 3000',
      'net.ipv4.ip_local_reserved_ports': '2100-2105,2200',
      'net.ipv4.ping_group_range': '5',
      'net.ipv4.tcp_rmem': '4096 131072 6291456',
    }
    expect(said({ sysctls: good })).toBeUndefined()
  })
})
