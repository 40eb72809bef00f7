/** `process`. */
export const PROCESS = `
const facts = ask('facts')
let exiting = false
const process = Object.assign(new EventEmitter(), {
  argv: facts.argv, env: facts.env, pid: facts.pid, ppid: facts.ppid, platform: 'linux', arch: 'x64', title: 'node',
  version: facts.version, versions: { node: facts.version.slice(1) }, exitCode: undefined,
  cwd: () => ask('cwd'),
  exit(code = process.exitCode ?? 0) {
    process.exitCode = Number(code)
    if (!exiting) { exiting = true; process.emit('exit', process.exitCode) }
    ask('exit', process.exitCode)
    // Whoever has exited is stopped at the next look.
    for (;;);
  },
  uptime: () => (now() - began) / 1000,
  memoryUsage: Object.assign(() => ask('memory'), { rss: () => ask('memory').rss }),
  nextTick: (work, ...args) => void Promise.resolve().then(() => work(...args)),
  kill: (pid, signal = 'SIGTERM') => void ask('kill', pid, signal),
  hrtime: Object.assign(() => { const at = now(); return [Math.floor(at / 1000), (at % 1000) * 1e6] }, { bigint: () => BigInt(now()) * 1000000n }),
  stdout: { write: text => { say(1, String(text)); return true }, isTTY: facts.tty },
  stderr: { write: text => { say(2, String(text)); return true }, isTTY: facts.tty },
})
const listenTo = process.on
process.on = process.addListener = (name, handler) => { if (/^SIG/.test(name)) ask('signal', name); return listenTo.call(process, name, handler) }
globalThis.process = process
globalThis.global = globalThis
`
