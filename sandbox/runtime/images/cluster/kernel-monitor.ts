/** What node-problem-detector looks for in a kernel's log, as its image brings it in /config/kernel-monitor.json. */
export const KERNEL_MONITOR = {
  plugin: 'syslog',
  logPath: '/log/kern.log',
  lookback: '10m',
  bufferSize: 10,
  source: 'kernel-monitor',
  conditions: [{ type: 'KernelDeadlock', reason: 'KernelHasNoDeadlock', message: 'kernel has no deadlock' }],
  rules: [
    {
      type: 'temporary',
      reason: 'OOMKilling',
      pattern: 'Kill(ed)? process \\d+ (.+) total-vm:\\d+kB, anon-rss:\\d+kB, file-rss:\\d+kB.*',
    },
    { type: 'temporary', reason: 'TaskHung', pattern: 'task \\S+:\\w+ blocked for more than \\w+ seconds\\.' },
    {
      type: 'temporary',
      reason: 'UnregisterNetDevice',
      pattern: 'unregister_netdevice: waiting for \\w+ to become free. Usage count = \\d+',
    },
    { type: 'temporary', reason: 'KernelOops', pattern: 'BUG: unable to handle kernel NULL pointer dereference at .*' },
    { type: 'temporary', reason: 'KernelOops', pattern: 'divide error: 0000 \\[#\\d+\\] SMP' },
    {
      type: 'permanent',
      condition: 'KernelDeadlock',
      reason: 'DockerHung',
      pattern: 'task docker:\\w+ blocked for more than \\w+ seconds\\.',
    },
  ],
}
