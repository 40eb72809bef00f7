/** Capabilities of Linux, in the order of their numbers, and those that a container has unless told otherwise. */
import type { ContainerConfig } from '../cri.ts'

export const CAPABILITIES: readonly string[] =
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'.split(
    ' ',
  )

const DEFAULT_CAPABILITIES: readonly string[] =
  'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE'.split(
    ' ',
  )

const USUAL_CAPABILITIES: ReadonlySet<string> = new Set(DEFAULT_CAPABILITIES)

/** What a container holds as its configuration asks. */
export function capabilitiesOf({ privileged, capabilities: { add, drop } }: ContainerConfig): ReadonlySet<string> {
  if (!privileged && !add.length && !drop.length) return USUAL_CAPABILITIES
  const capabilities = new Set(
    privileged || add.includes('ALL') ? CAPABILITIES : drop.includes('ALL') ? [] : DEFAULT_CAPABILITIES,
  )
  for (const name of drop) capabilities.delete(name.replace(/^CAP_/, ''))
  for (const name of add) capabilities.add(name.replace(/^CAP_/, ''))
  return capabilities
}

/** As /proc/PID/status shows a set of them. */
export function capabilityMask(held: ReadonlySet<string>): string {
  let mask = 0n
  for (const [bit, name] of CAPABILITIES.entries()) if (held.has(name)) mask |= 1n << BigInt(bit)
  return mask.toString(16).padStart(16, '0')
}
