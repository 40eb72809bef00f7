/** ps. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

test('busybox prints the columns that are asked for as wide as it makes them', async () => {
  const { out, err } = await machine().sh(
    'ps -o pid,ppid,user,comm; ps -o user,args; ps -o comm=X -o pid=PROC | tail -1; ps -o pid,nope; ps -o stat,tty,pid | tail -1',
  )
  expect(out.split('\n')).toEqual([
    'PID   PPID  USER     COMMAND',
    '    1     0 root     sh',
    '    2     1 root     ps',
    'USER     COMMAND',
    'root     sh -c ps -o pid,ppid,user,comm; ps -o user,args; ps -o comm=X -o pid=PROC | tail -1; ps -o pid,nope; ps -o stat,tty,pid | tail -1',
    'root     ps -o user,args',
    's    5',
    'S    ?          8',
    '',
  ])
  expect(err).toBe(
    "ps: bad -o argument 'nope', supported arguments: user,group,comm,args,pid,ppid,pgid,etime,nice,rgroup,ruser,time,tty,vsz,sid,stat,rss\n",
  )
})

test('to busybox all behind = is the heading of one column, and where that is nothing the column stays as wide', async () => {
  const { out } = await machine().sh('ps -o user,pid=A,comm | head -2; ps -o pid= -o comm=; ps -o pid=,user= | head -1')
  expect(out.split('\n')).toEqual(['USER     A,comm', 'root          1', '    1 sh', '    4 ps', ',user=', ''])
})

test('busybox knows few flags, takes no notice of most of them, and tells its usage after another', async () => {
  const { out, err } = await machine().sh('ps -ef | wc -l; ps aux | wc -l; ps -p 1; echo $?')
  expect(out).toBe('4\n4\n1\n')
  expect(err).toMatch(/^ps: invalid option -- 'p'\nBusyBox [\s\S]*Usage: ps \[-o COL1,COL2=HEADER\] \[-T\]\n/)
})

test('procps sets numbers to the right, with their headings, and shows what has no terminal to who has none', async () => {
  const m = machine()
  const container = m.run('debian:bookworm', {
    command: ['bash', '-c', 'apt-get update >/dev/null; apt-get install -y procps >/dev/null; sleep 1000'],
  })
  m.network.resolver = () => ['10.0.0.1']
  await m.clock.advance(60_000)
  const { out } = await m.exec(container, [
    'bash',
    '-c',
    'ps -o pid,ppid,stat,comm | head -2; ps -p 1 -o user= -o etime; ps | head -2',
  ])
  expect(out.split('\n')).toEqual([
    '    PID    PPID STAT COMMAND',
    '      1       0 S    sleep',
    '             ELAPSED',
    'root           01:00',
    '    PID TTY          TIME CMD',
    '      1 ?        00:00:00 sleep',
    '',
  ])
})

test.each(['busybox:1.36', 'ubuntu:24.04'])('pgrep and pkill of %s find processes by an expression', async image => {
  const script = `sleep 61 & sleep 62 & pgrep -f '^sleep 6[12]$' | wc -l; pgrep -x sl; echo $?; pgrep -P $$ -f 'p 61' | grep -cx $!; pgrep -n sleep | grep -cx $!; pkill -KILL -f 'sleep 61'; pgrep -l sleep | cut -d' ' -f2; pkill -e -x sleep | cut -c1-16; pkill nobody; echo $?`
  expect((await machine().sh(script, { image })).out).toBe('2\n1\n0\n1\nsleep\nsleep killed (pi\n1\n')
})
