/** nginx's processes: what the real one logs of signals and of workers that end. */
import { expect, it } from 'vitest'
import { logOf, machine } from '../../../testing.ts'

/** Their processes are 3 and 4. */
const TWO_WORKERS =
  "sed -i 's/worker_processes .*/worker_processes 2;/' /etc/nginx/nginx.conf; exec nginx -g 'daemon off;'"

/** What is logged from when the workers have started, without times; and what the script says, which runs beside nginx. */
async function logged(script: string): Promise<{ log: string[]; out: string; ended: boolean }> {
  const m = machine()
  const server = m.run('nginx:1.27', { command: ['sh', '-c', TWO_WORKERS] })
  await m.clock.advance(1000)
  const { out } = await m.exec(server, ['sh', '-c', script])
  await m.clock.advance(1000)
  const lines = logOf(server).trimEnd().split('\n')
  const began = lines.findIndex(line => line.endsWith('start worker processes'))
  const own = lines.slice(began + 1).map(line => line.replace(/^[\d/]+ [\d:]+ /, ''))
  return { log: own.slice(2), out, ended: server.state.state === 'exited' }
}

it('asks its workers to end, hears of each, and ends with the last', async () => {
  const { log, ended } = await logged('kill -QUIT 1')
  expect(log).toEqual([
    expect.stringMatching(/^\[notice\] 1#1: signal 3 \(SIGQUIT\) received from \d+, shutting down$/),
    '[notice] 3#3: gracefully shutting down',
    '[notice] 3#3: exiting',
    '[notice] 3#3: exit',
    '[notice] 1#1: signal 17 (SIGCHLD) received from 3',
    '[notice] 1#1: worker process 3 exited with code 0',
    '[notice] 1#1: signal 29 (SIGIO) received',
    '[notice] 4#4: gracefully shutting down',
    '[notice] 4#4: exiting',
    '[notice] 4#4: exit',
    '[notice] 1#1: signal 17 (SIGCHLD) received from 4',
    '[notice] 1#1: worker process 4 exited with code 0',
    '[notice] 1#1: exit',
  ])
  expect(ended).toBe(true)
})

it('starts another for a worker that was killed, and can still be told to end', async () => {
  const { log, out, ended } = await logged(
    "kill -9 3; kill -9 4; cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c '^nginx: worker'; kill -TERM 1",
  )
  expect(log.slice(0, 4)).toEqual([
    '[notice] 1#1: signal 17 (SIGCHLD) received from 3',
    '[alert] 1#1: worker process 3 exited on signal 9',
    expect.stringMatching(/^\[notice\] 1#1: start worker process \d+$/),
    '[notice] 1#1: signal 29 (SIGIO) received',
  ])
  expect(out).toBe('2\n')
  expect(log.at(-1)).toBe('[notice] 1#1: exit')
  expect(ended).toBe(true)
})

it('starts another for a worker that was told to end by somebody else', async () => {
  const { log } = await logged('kill 3')
  expect(log.slice(0, 5)).toEqual([
    expect.stringMatching(/^\[notice\] 3#3: signal 15 \(SIGTERM\) received from \d+, exiting$/),
    '[notice] 3#3: exiting',
    '[notice] 3#3: exit',
    '[notice] 1#1: signal 17 (SIGCHLD) received from 3',
    '[notice] 1#1: worker process 3 exited with code 0',
  ])
})

it('starts new workers for a new configuration before the old ones go', async () => {
  const { log, ended } = await logged('nginx -s reload')
  const said = log.filter(line => !/epoll/.test(line)).map(line => line.replace(/\d+#\d+: |\d+$/g, ''))
  expect(log[0]).toMatch(/^\[notice\] 1#1: signal 1 \(SIGHUP\) received from \d+, reconfiguring$/)
  expect(said.slice(1, 8)).toEqual([
    '[notice] reconfiguring',
    '[notice] start worker processes',
    '[notice] start worker process ',
    '[notice] start worker process ',
    '[notice] gracefully shutting down',
    '[notice] exiting',
    '[notice] exit',
  ])
  expect(said.filter(line => /exited with code/.test(line))).toHaveLength(2)
  expect(ended).toBe(false)
})

it('says which signals mean nothing to a worker', async () => {
  const { log } = await logged('kill -HUP 3; kill -USR2 3')
  expect(log).toEqual([
    expect.stringMatching(/^\[notice\] 3#3: signal 1 \(SIGHUP\) received from \d+, ignoring$/),
    expect.stringMatching(/^\[notice\] 3#3: signal 12 \(SIGUSR2\) received from \d+, ignoring$/),
  ])
})

it('goes on with the files that it has when it cannot make them anew', async () => {
  const { log, out } = await logged(
    `cd /tmp; mkdir logs; sed -i 's#access_log .*#access_log /tmp/logs/a main;#' /etc/nginx/nginx.conf; nginx -s reload; sleep 1
    rm -r logs; nginx -s reopen; sleep 1; curl -s -o /dev/null -w '%{http_code}\\n' localhost
    mkdir logs; nginx -s reopen; sleep 1; ls logs; curl -s -o /dev/null localhost; wc -l < logs/a`,
  )
  expect(log.filter(line => /emerg/.test(line))[0]).toBe(
    '[emerg] 1#1: open() "/tmp/logs/a" failed (2: No such file or directory)',
  )
  expect(log.filter(line => /emerg/.test(line))).toHaveLength(3)
  expect(out).toBe('200\na\n1\n')
})
