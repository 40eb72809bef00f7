import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

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
