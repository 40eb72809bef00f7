/** nc, of busybox and of OpenBSD. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

test('whose input has ended says so to the other side, and hears what comes back', async () => {
  const script = 'echo hello | nc -l -p 7000 & sleep 1; nc 127.0.0.1 7000 </dev/null; echo done; wait'
  expect(await machine().sh(script)).toMatchObject({ code: 0, out: 'hello\ndone\n' })
  const both = 'echo from server | nc -l -p 7000 >/got & sleep 1; echo from client | nc 127.0.0.1 7000; wait; cat /got'
  expect((await machine().sh(both)).out).toBe('from server\nfrom client\n')
})

test('gets its answer from a server although it has nothing more to say', async () => {
  const script =
    'mkdir /w; echo page >/w/index.html; httpd -p 80 -h /w; printf "GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n" | nc 127.0.0.1 80 | tail -1'
  expect((await machine().sh(script)).out).toBe('page\n')
})

test('runs a program for who connects, with the words behind it', async () => {
  const once =
    'nc -l -p 7000 -e echo -n one two & sleep 1; nc 127.0.0.1 7000 </dev/null; wait; nc -z 127.0.0.1 7000; echo $?'
  expect(await machine().sh(once)).toMatchObject({ code: 0, out: 'one two1\n' })
  const again = 'nc -lk -p 7000 -e cat & for word in a b c; do sleep 1; echo $word | nc 127.0.0.1 7000; done; kill $!'
  expect((await machine().sh(again)).out).toBe('a\nb\nc\n')
  const back = 'nc -l -p 7000 >/got & sleep 1; nc 127.0.0.1 7000 -e sh -c "echo from here"; wait; cat /got'
  expect((await machine().sh(back)).out).toBe('from here\n')
})

test('says which program there is not', async () => {
  const script = 'nc -l -p 7000 -e nothing & sleep 1; nc 127.0.0.1 7000 </dev/null; wait $!; echo $?'
  const { out, err } = await machine().sh(script)
  expect([out, err]).toEqual(['127\n', "nc: can't execute 'nothing': No such file or directory\n"])
})

test('tells of a connection that fails only whom it is asked to, and of a name without an address everybody', async () => {
  const netshoot = 'nicolaka/netshoot'
  const ask = async (line: string, image?: string) => (await machine().sh(line, image ? { image } : {})).err
  expect(await ask('nc localhost 81; nc -z localhost 81; nc -vz localhost 81')).toBe('')
  expect(await ask('nc -vvz localhost 81')).toBe('nc: localhost (127.0.0.1:81): Connection refused\n')
  expect(await ask('nc nosuch 81')).toBe("nc: bad address 'nosuch'\n")
  expect(await ask('nc localhost 81; nc -z localhost 81', netshoot)).toBe('')
  expect(await ask('nc -vz localhost 81; nc -vz 127.0.0.1 81', netshoot)).toBe(
    'nc: connect to localhost (127.0.0.1) port 81 (tcp) failed: Connection refused\nnc: connect to 127.0.0.1 port 81 (tcp) failed: Connection refused\n',
  )
  expect(await ask('nc -vz -w 2 203.0.113.9 80', netshoot)).toBe(
    'nc: connect to 203.0.113.9 port 80 (tcp) timed out: Operation now in progress\n',
  )
  expect(await ask('nc -z nosuch 80', netshoot)).toBe(
    'nc: getaddrinfo for host "nosuch" port 80: Name or service not known\n',
  )
})
