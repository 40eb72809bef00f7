/** Programs of the simulated Python: they run in virtual time, talk over the simulated network, and end as real ones do. */
import { describe, expect, test } from 'vitest'
import { finish, logOf, machine } from '../testing.ts'
import { createVolume } from '../volume.ts'

const ENDLESS = 120_000

/** A container of the official image that runs a program, beside a shell. */
function program(
  source: string,
  config: { env?: Record<string, string>; memoryBytes?: number; image?: string } = {},
  m = machine(),
) {
  const volume = createVolume(m.clock)
  volume.root.write('app.py', source)
  const sandbox = m.sandbox('pod')
  const container = m.run(
    config.image ?? 'python:3.13',
    { command: ['python', '/app/app.py'], mounts: [{ volume, containerPath: '/app', readOnly: false }], ...config },
    sandbox,
  )
  const ended = () => container.state.state === 'exited'
  return {
    m,
    container,
    ip: sandbox.ips[0]!,
    log: () => logOf(container),
    status: () => (container.state.state === 'exited' ? container.state.status : undefined),
    toTheEnd: (ms = ENDLESS) => finish(m.clock, ended, ms),
  }
}

/** Runs a command line in a container of the image. */
async function sh(script: string, image = 'python:3.13') {
  const m = machine()
  const container = m.run(image, { command: ['sleep', '1d'] })
  const { code, out, err } = await m.exec(container, ['sh', '-c', script])
  return `${code} ${out}${err}`
}

describe('a program', () => {
  test('comes by -c, from a file, or by standard input, and has its arguments', async () => {
    expect(await sh(`python -c 'import sys; print(sys.argv)' a b`)).toBe("0 ['-c', 'a', 'b']\n")
    expect(await sh(`python3 - x <<'END'\nimport sys\nprint(sys.argv, __name__)\nEND`)).toBe("0 ['-', 'x'] __main__\n")
    expect(await sh(`echo 'print(input() + "!")' > /a.py; echo hi | python /a.py`)).toBe('0 hi!\n')
    expect(await sh(`python /nothing.py`)).toBe(
      "2 python: can't open file '/nothing.py': [Errno 2] No such file or directory\n",
    )
    expect(await sh('python -V; python3 --version', 'python:3.11')).toBe('0 Python 3.11.14\nPython 3.11.14\n')
  })

  test('ends with the code that it says, or 1 and a traceback', async () => {
    expect(await sh(`python -c 'import sys; sys.exit(42)'`)).toBe('42 ')
    expect(await sh(`python -c '1/0'`)).toBe(
      '1 Traceback (most recent call last):\n  File "<string>", line 1, in <module>\n    1/0\n    ~^~\nZeroDivisionError: division by zero\n',
    )
    // Older ones do not show a text that came by -c.
    expect(await sh(`python -c '1/0'`, 'python:3.9')).toBe(
      '1 Traceback (most recent call last):\n  File "<string>", line 1, in <module>\nZeroDivisionError: division by zero\n',
    )
  })

  test('holds its output back while nobody sits at the other end, unless it is told not to', async () => {
    const source = 'import time\nprint("begun")\ntime.sleep(50)\nprint("done")'
    const held = program(source)
    await held.m.clock.advance(30_000)
    expect(held.log()).toBe('')
    await held.toTheEnd()
    expect(held.log()).toBe('begun\ndone\n')
    const told = program(source, { env: { PYTHONUNBUFFERED: '1' } })
    await told.m.clock.advance(30_000)
    expect(told.log()).toBe('begun\n')
  })

  test('sleeps in virtual time, and sees it pass', async () => {
    const p = program(
      'import time\nfrom datetime import datetime, timedelta\na = datetime.now(); t = time.monotonic()\ntime.sleep(90)\nprint(datetime.now() - a >= timedelta(seconds=90), round(time.monotonic() - t))',
    )
    await p.toTheEnd()
    expect(p.log()).toBe('True 90\n')
  })

  test('is ended by SIGTERM, or deals with it as it likes', async () => {
    const p = program(
      'import signal, sys, time\ndef bye(n, frame):\n    print("got", n); sys.exit(5)\nsignal.signal(signal.SIGTERM, bye)\nwhile True: time.sleep(1)',
    )
    await p.m.clock.advance(5000)
    p.container.kill('TERM')
    await p.toTheEnd()
    expect([p.log(), p.status()]).toEqual(['got 15\n', { code: 5 }])
    expect(await sh(`python -c 'import time; time.sleep(99)' & sleep 1; kill -INT $!; wait $!; echo $?`)).toMatch(
      /KeyboardInterrupt/,
    )
  })

  test('that never ends burns CPU, and can be killed', async () => {
    const p = program('while True: pass')
    await p.m.clock.advance(1000)
    expect(p.container.state.state).toBe('running')
    p.container.kill('KILL')
    await p.toTheEnd()
    expect(p.status()).toMatchObject({ code: 137 })
  })

  test('goes through what has no end as long as it likes: the clock goes on, and what is kept is counted', async () => {
    const endless = 'from itertools import *\n'
    for (const source of ['sum(count())', 'max(count())', 'any(repeat(0))', 'sum(cycle([1]))']) {
      const p = program(endless + source)
      await p.m.clock.advance(40)
      expect(p.status(), source).toBe(undefined)
      p.container.kill('KILL')
      await p.toTheEnd()
      expect(p.status(), source).toMatchObject({ code: 137 })
    }
    for (const source of [
      'list(count())',
      '[x for x in count()]',
      '{x: x for x in count()}',
      "''.join(repeat('x' * 1000))",
      'dict(zip(count(), count()))',
    ]) {
      const p = program(endless + source, { memoryBytes: 11 * 1024 * 1024 })
      await p.toTheEnd()
      expect(p.status(), source).toMatchObject({ code: 137, oomKilled: true })
    }
    expect(
      await sh(`python - <<'END'
from itertools import *
print(next(product(range(1000), repeat=40))[:3], list(product('ab', [1, 2])), list(product()), list(product('a', '')))
print(next(permutations(range(30)))[:3], list(permutations('ab', 3)), list(combinations('abc', 2)), list(combinations(range(40), 41)))
print(list(zip_longest('abc', 'x', fillvalue='-')), list(islice(cycle('ab'), 5)), [list(t) for t in tee('ab')], list(islice(chain.from_iterable(repeat('ab')), 3)))
END`),
    ).toBe(`0 (0, 0, 0) [('a', 1), ('a', 2), ('b', 1), ('b', 2)] [()] []
(0, 1, 2) [] [('a', 'b'), ('a', 'c'), ('b', 'c')] []
[('a', 'x'), ('b', '-'), ('c', '-')] ['a', 'b', 'a', 'b', 'a'] [['a', 'b'], ['a', 'b']] ['a', 'b', 'a']
`)
  })

  test('is killed when it has more memory than its limit', async () => {
    const limit = { memoryBytes: 16 * 1024 * 1024 }
    for (const source of ["x = 'x' * 10**9", 'a = []\nwhile True: a.append(str(len(a)) * 100)']) {
      const p = program(source, limit)
      await p.toTheEnd()
      expect(p.status()).toMatchObject({ code: 137, oomKilled: true })
    }
  })

  test('that never comes back to a built-in function burns CPU, and can be killed', async () => {
    const p = program('class A:\n  def __eq__(self, other):\n    while True: pass\n[A()].index(A())')
    await p.m.clock.advance(5000)
    expect(p.status()).toBe(undefined)
    p.container.kill('KILL')
    await p.toTheEnd()
    expect(p.status()).toMatchObject({ code: 137 })
  })

  test('tries a pattern as long as it likes: the clock goes on, and it can be killed', async () => {
    const p = program("import re\nprint(re.search(r'(a+)+b', 'a' * 12 + 'b'))\nre.search(r'(a+)+b', 'a' * 60)")
    await p.m.clock.advance(100)
    expect(p.status()).toBe(undefined)
    p.container.kill('KILL')
    await p.toTheEnd()
    expect(p.status()).toMatchObject({ code: 137 })
    const heard = program(
      "import re, signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(3))\nre.sub('(?:a|aa)+$', '', 'a' * 90 + 'b')",
    )
    await heard.m.clock.advance(100)
    heard.container.kill('TERM')
    await heard.toTheEnd()
    expect(heard.status()).toMatchObject({ code: 3 })
  })

  test('is killed for what it is about to make, before that is made', async () => {
    for (const source of [
      'import random; random.choices([1], k=10**9)',
      "list('a' * 10**7)",
      "x = 'a' * 1000\nwhile True: x = x.replace('a', 'aa')",
      "('a ' * 10**7).split()",
      "'a'.ljust(10**9)",
      "'x'.join(['a' * 10**6] * 10**3)",
      "b''.join([b'a' * 10**6] * 10**3)",
      "x = b'a' * 10**6\nwhile True: x += x",
      "x = 'a' * 10**6\nwhile True: x = f'{x}{x}'",
      "'%*d' % (10**9, 5)",
      "f'{1:1000000000}'",
      "str(['x' * 10**6] * 100)",
      "import json; json.dumps(['x' * 10**6] * 100)",
      "import re; re.sub('a', 'b' * 1000, 'a' * 10**5)",
    ]) {
      const p = program(source, { memoryBytes: 48 * 1024 * 1024 })
      await p.toTheEnd()
      expect(p.status(), source).toMatchObject({ code: 137, oomKilled: true })
    }
  })

  test('is told at once that there is no memory for what no node has', async () => {
    const source = `for make in (lambda: 'a' * 10**12, lambda: [0] * 10**12, lambda: b'a' * 10**20, lambda: 'ab' * (2**63 - 1)):
    try: make()
    except (MemoryError, OverflowError) as e: print(repr(e))`
    expect(await sh(`python - <<'END'\n${source}\nEND`)).toBe(
      `0 MemoryError()
MemoryError()
OverflowError("cannot fit 'int' into an index-sized integer")
OverflowError('repeated string is too long')
`,
    )
  })

  test('changes long texts and sorts many values piece by piece: time passes meanwhile, and nothing is cut apart', async () => {
    const source = String.raw`import time
text = 'abc dE' * 25000
began = time.perf_counter()
print(text.title() == 'Abc ' + 'Deabc ' * 24999 + 'De', time.perf_counter() - began > 0.001)
print(text.swapcase() == 'ABC De' * 25000, text.istitle(), text.title().istitle(), ('x\t🎉\n' * 25000).expandtabs(4) == 'x   🎉\n' * 25000)
print(('🎉' * 52000).replace('', '-') == '-🎉' * 52000 + '-', b'ab\xff'.hex(), b'ab\xff'.hex(':'), len(set(range(9000))))
class A:
    def __init__(self, key, at): self.key, self.at = key, at
    def __lt__(self, other): return self.key < other.key
print([(a.key, a.at) for a in sorted(A(i % 2, i) for i in range(2100))] == [(k, i) for k in (0, 1) for i in range(k, 2100, 2)])
print(sorted([*range(26000), *range(26000)]) == [i // 2 for i in range(52000)], sorted(range(26000), key=float, reverse=True)[:2])`
    expect(await sh(`python - <<'END'\n${source}\nEND`)).toBe(
      `0 True True
True False True True
True 6162ff 61:62:ff 9000
True
True [25999, 25998]
`,
    )
  })

  test('is told what an encoding is not', async () => {
    const wrong = `for f in ('a'.encode, b'a'.decode):\n    try: f([])\n    except TypeError as e: print(e)`
    expect(await sh(`python - <<'END'\n${wrong}\nEND`)).toBe(
      "0 encode() argument 'encoding' must be str, not list\ndecode() argument 'encoding' must be str, not list\n",
    )
  })

  test('pays more time for what is dear: a definition, an import, an error', async () => {
    const took = (statement: string): Promise<string> =>
      sh(
        `python - <<'END'\nimport time\nbegan = time.perf_counter()\nfor i in range(3000):\n    ${statement}\nprint(time.perf_counter() - began)\nEND`,
      )
    const seconds = async (statement: string): Promise<number> => Number((await took(statement)).split(' ')[1])
    const least = await seconds('pass')
    for (const dear of ['def f(): pass', 'import os', 'try: 1 / 0\n    except ZeroDivisionError: pass'])
      expect(await seconds(dear), dear).toBeGreaterThan(least * 4)
  })

  test('neither fells nor stops the simulation with what is too deep or too big', async () => {
    const last = async (source: string) => (await sh(`python - <<'END'\n${source}\nEND`)).trim().split('\n').at(-1)
    const tooDeep = 'RecursionError: maximum recursion depth exceeded'
    expect(await last('a = []\nfor i in range(30000): a = [a]\nprint(a)')).toBe(tooDeep)
    expect(await last('class A:\n  def __eq__(self, other): return self == other\nA() == A()')).toBe(tooDeep)
    expect(await last('import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()')).toMatch(
      /not simulated: more than/,
    )
    expect(await last('import math\nmath.factorial(10**7)')).toMatch(/not simulated/)
    expect(await last('print(len(range(10**15)[::2]))')).toBe('0 500000000000000')
    for (const source of [
      'x = [1]\nwhile True: x += x',
      'x = (1,)\nwhile True: x = x + x',
      'list(range(10**9))',
      'list(map(str, iter(int, 1)))',
      "f'{1.5:.1000000000f}'",
    ]) {
      const p = program(source, { memoryBytes: 16 * 1024 * 1024 })
      await p.toTheEnd()
      expect(p.status(), source).toMatchObject({ code: 137 })
    }
  })

  test('sees a dict through its views as it is when it looks', async () => {
    const source = `d = {'a': 1}
keys, values, items = d.keys(), d.values(), d.items()
d['b'] = [2]
print(len(keys), 'b' in keys, [2] in values, ('b', [2]) in items, ('b', 1) in items, keys, values, items)
print(sorted(keys | {'c'}), keys & ['b'], keys - {'b'}, keys.isdisjoint('xy'), keys == {'b', 'a'}, keys < {'a', 'b', 'c'}, items == dict(d).items(), values == d.values())
d.clear()
print(bool(keys), keys, list(items), isinstance(keys, list), max({3: 1}.keys()), [*{1: 2}.items()])`
    expect(await sh(`python - <<'END'\n${source}\nEND`)).toBe(
      `0 2 True True True False dict_keys(['a', 'b']) dict_values([1, [2]]) dict_items([('a', 1), ('b', [2])])
['a', 'b', 'c'] {'b'} {'a'} True True True True False
False dict_keys([]) [] False 3 [(1, 2)]
`,
    )
  })

  test('asks an object once whether it is true, whatever follows', async () => {
    const source = `class A:
  def __init__(self): self.asked = 0
  def __bool__(self):
    self.asked += 1
    return True
  @property
  def none(self): return None
  n = None
a, b, c, d, e = A(), A(), A(), A(), A()
a and a.none; b and b.n; (not c) or c.none; (d.n if d else 1); 1 and e
print(a.asked, b.asked, c.asked, d.asked, e.asked)`
    expect(await sh(`python - <<'END'\n${source}\nEND`)).toBe('0 1 1 1 1 0\n')
  })

  test('never sees what is JavaScript in a value', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'length', 'hasOwnProperty', 'valueOf']
    const source = `class A: pass
values = [1, 1.5, 'a', b'a', [1], (1,), {1: 2}, {1}, None, True, A, A(), print, len, iter([]), (x for x in []), range(3), KeyError('x')]
for name in ${JSON.stringify(names)}:
    assert not any(hasattr(value, name) for value in values), name
    assert name not in {} and name not in globals() and {}.get(name) is None
    a = A(); setattr(a, name, 1); assert vars(a) == {name: 1} and not hasattr(A(), name)
    assert (lambda **k: k)(**{name: 2}) == {name: 2}
print('well')`
    expect(await sh(`python - <<'END'\n${source}\nEND`)).toBe('0 well\n')
  })

  test('finds each method of CPython, or is told that it is not simulated', async () => {
    const refused = async (source: string) =>
      expect(await sh(`python -c "${source}"`)).toMatch(/^126 .*not simulated: /s)
    await refused("hasattr(1.5, 'hex') and 1.5.hex()")
    await refused("''.__eq__('x')")
    await refused("int(x='5')")
    await refused('class A:\n  def __del__(self): print(1)')
    await refused('import random; random.randint([], {})')
    await refused('try: 1 / 0\nexcept ExceptionGroup: pass')
    await refused("raise ExceptionGroup('two', [])")
    expect(await sh(`python -c "[].length"`)).toContain("AttributeError: 'list' object has no attribute 'length'")
  })

  test('is told what CPython tells of numbers, contexts, slots and generators', async () => {
    const source = `from contextlib import nullcontext
with nullcontext(1) as a, nullcontext(2) as b: print(a, b)
print(pow(3, -1, 7), pow(2, 5, -7), 10**400 / 10**399, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, (5).real, divmod(-7, 3))
class S:
    __slots__ = ('a',)
    def get(self): return 1
    def drop(self): print('dropped')
    p = property(get, None, drop)
s = S(); s.a = 1; del s.p
try: s.b = 2
except AttributeError as e: print(e)
def stops():
    yield 1
    raise StopIteration
try: list(stops())
except RuntimeError as e: print(e, repr(e.__cause__), e.__suppress_context__)`
    expect(await sh(`python - <<'END'\n${source}\nEND`, 'python:3.11')).toBe(
      "0 1 2\n5 -3 10.0 True False 5 (-3, 2)\ndropped\n'S' object has no attribute 'b'\ngenerator raised StopIteration StopIteration() True\n",
    )
  })

  test('has patterns that mean what they mean in Python, or are told what is wrong with them', async () => {
    const re = (call: string) =>
      sh(`python - <<'END'\nimport re\ntry: print(${call})\nexcept re.error as e: print(e)\nEND`)
    expect(await re("re.findall('a{,2}b', 'aab b')")).toBe("0 ['aab', 'b']\n")
    expect(await re("re.compile('(a')")).toBe('0 missing ), unterminated subpattern at position 0\n')
    expect(await re("re.compile('*a')")).toBe('0 nothing to repeat at position 0\n')
    expect(await re("re.match('a++a', 'aaa')")).toBe('0 None\n')
    expect(await re("re.findall(r'\\w+', 'café ١٢')")).toBe("0 ['café', '١٢']\n")
    expect(await re("re.search('b', 'a🎉b').span()")).toBe('0 (2, 3)\n')
    expect(await re("'a🎉b'.find('b')")).toBe('0 2\n')
  })

  test('gives the same for the same seed, and something else for another', async () => {
    const once = async (seed: string) => {
      const p = program(
        'import random, uuid, os\nprint(random.random(), uuid.uuid4(), os.urandom(4))',
        {},
        machine(seed),
      )
      await p.toTheEnd()
      return p.log()
    }
    expect(await once('a')).toBe(await once('a'))
    expect(await once('a')).not.toBe(await once('b'))
  })

  test('may not use what is not simulated, and cannot overlook that', async () => {
    const refused = (what: string) => `126 python: not simulated: ${what}\n`
    expect(await sh(`python -c 'try:\n  import multiprocessing\nexcept Exception: pass'`)).toBe(
      refused("the module 'multiprocessing'"),
    )
    expect(await sh(`python -c 'import os; os.fork()'`)).toBe(refused('os.fork'))
    expect(await sh(`python -c 'import ctypes'`)).toBe(refused("the module 'ctypes'"))
    expect(await sh('python -V x; python -c "print(1)"', 'python:2.7')).toBe(
      `126 Python 2.7.18\n${refused('Python 2').slice(4)}`,
    )
    // What nobody has installed is missing, as it would be.
    expect(await sh(`python -c 'import flask'`)).toContain("ModuleNotFoundError: No module named 'flask'")
  })
})

describe('threads', () => {
  test('take turns: one that waits does not hold up the others, nor one that burns CPU', async () => {
    const source = `import threading, time
def burn():
    while not stop.is_set(): pass
stop = threading.Event()
t = threading.Thread(target=burn); t.start()
began = time.monotonic(); time.sleep(0.05); stop.set(); t.join()
print(time.monotonic() - began < 0.5, threading.active_count())`
    expect(await sh(`python - <<'END'\n${source}\nEND`)).toBe('0 True 1\n')
  })

  test('leave signals to the first of them, which hears them while it waits', async () => {
    const p = program(
      'import signal, sys, threading, time\ndef bye(*_):\n    print(threading.current_thread().name); sys.exit(4)\nsignal.signal(signal.SIGTERM, bye)\ndef work():\n    while True: time.sleep(1)\nthreading.Thread(target=work, daemon=True).start()\nthreading.Event().wait()',
    )
    await p.m.clock.advance(5000)
    p.container.kill('TERM')
    await p.toTheEnd()
    expect([p.log(), p.status()]).toEqual(['MainThread\n', { code: 4 }])
  })

  test('give the same history for the same seed', async () => {
    const source =
      'import threading, random, time\nlog = []\ndef work(n):\n    for i in range(5):\n        time.sleep(random.random() / 100); log.append((n, i))\nts = [threading.Thread(target=work, args=(n,)) for n in range(4)]\n[t.start() for t in ts]; [t.join() for t in ts]; print(log)'
    const once = async (seed: string) => {
      const p = program(source, {}, machine(seed))
      await p.toTheEnd()
      return p.log()
    }
    expect(await once('a')).toBe(await once('a'))
    expect(await once('a')).not.toBe(await once('b'))
  })

  test('end a command that takes too long', async () => {
    expect(
      await sh(`python -c "import subprocess as s
try: s.run(['sleep', '5'], timeout=1)
except s.TimeoutExpired as e: print(e)"`),
    ).toBe("0 Command '['sleep', '5']' timed out after 1 seconds\n")
  })
})

describe('the network', () => {
  const SERVER = `
from http.server import BaseHTTPRequestHandler, HTTPServer
import json
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == '/healthz':
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'ok')
        else:
            self.send_error(404)
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        answer = json.dumps({'got': json.loads(body)}).encode()
        self.send_response(201)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
HTTPServer(('', 8080), Handler).serve_forever()`

  test('serves what a handler answers, and logs it', async () => {
    const p = program(SERVER)
    await p.m.clock.advance(2000)
    const client = p.m.run('curlimages/curl:8.10.1', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    const ask = async (...words: string[]) => (await p.m.exec(client, ['curl', '-s', ...words])).out
    expect(await ask(`${p.ip}:8080/healthz`)).toBe('ok')
    expect(await ask('-d', '{"a": 1}', `${p.ip}:8080/x`)).toBe('{"got": {"a": 1}}')
    expect(await ask('-i', `${p.ip}:8080/none`)).toMatch(
      /^HTTP\/1\.0 404 Not Found\r\nServer: BaseHTTP\/0\.6 Python\/3\.13\.\d+\r\nDate: /,
    )
    expect(p.log()).toMatch(/^[\d.]+ - - \[05\/Jan\/2026 09:00:\d\d\] "GET \/healthz HTTP\/1\.1" 200 -\n/)
  })

  test('answers others while one request takes its time, in a server with threads', async () => {
    const p = program(`
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import threading, time
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == '/slow': time.sleep(20)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())
    def log_message(self, *args): pass
server = ThreadingHTTPServer(('', 8080), Handler)
threading.Thread(target=server.serve_forever).start()
print('serving', flush=True)`)
    await p.m.clock.advance(2000)
    const client = p.m.run('curlimages/curl:8.10.1', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    const script = `curl -s ${p.ip}:8080/slow & curl -s -m 5 ${p.ip}:8080/quick; echo; wait`
    const said = await p.m.exec(client, ['sh', '-c', script])
    expect(said.out).toBe('/quick\n/slow')
    expect(p.log()).toBe('serving\n')
  })

  test('asks by urllib, and is told in words why it cannot', async () => {
    const p = program(SERVER)
    await p.m.clock.advance(2000)
    const client = p.m.run('python:3.12', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    const ask = async (url: string) => {
      const source = `import urllib.request as r\ntry:\n    a = r.urlopen('${url}', timeout=3); print(a.status, a.read())\nexcept OSError as e: print(type(e).__name__, e)`
      return (await p.m.exec(client, ['python', '-c', source])).out
    }
    expect(await ask(`http://${p.ip}:8080/healthz`)).toBe("200 b'ok'\n")
    expect(await ask(`http://${p.ip}:8080/none`)).toBe('HTTPError HTTP Error 404: Not Found\n')
    expect(await ask(`http://${p.ip}:81/`)).toBe('URLError <urlopen error [Errno 111] Connection refused>\n')
    expect(await ask('http://nobody/')).toMatch(
      /^URLError <urlopen error \[Errno -[23]\] (Name or service not known|Temporary failure in name resolution)>\n$/,
    )
  })

  test('has sockets that wait, and files of a directory', async () => {
    const p = program(
      "import socket\ns = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('0.0.0.0', 9000)); s.listen()\nwhile True:\n    c, addr = s.accept()\n    with c:\n        while data := c.recv(1024): c.sendall(data.upper())",
    )
    await p.m.clock.advance(2000)
    const client = p.m.run('python:3.13', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    const said = await p.m.exec(client, [
      'python',
      '-c',
      `import socket\ns = socket.create_connection(('${p.ip}', 9000)); s.sendall(b'hello'); print(s.recv(10))`,
    ])
    expect(said.out).toBe("b'HELLO'\n")
    const files = await sh(
      'mkdir -p /srv/x; echo hi > /srv/x/a.txt; python -m http.server -d /srv/x 8000 >/dev/null 2>&1 & sleep 1; echo "import urllib.request as r; print(r.urlopen(\\"http://localhost:8000/a.txt\\").read())" | python; kill $!',
    )
    expect(files).toContain("b'hi\\n'")
  })
})

describe('the programs of the documentation about Jobs', () => {
  test('end as the index of their Pod says', async () => {
    const source =
      'import os, sys, time\nprint("Hello world")\nif int(os.environ.get("JOB_COMPLETION_INDEX")) % 2 == 0:\n  sys.exit(1)\nsys.exit(0)'
    const p = program(source, { env: { JOB_COMPLETION_INDEX: '2' } })
    await p.toTheEnd()
    expect([p.log(), p.status()]).toEqual(['Hello world\n', { code: 1 }])
  })
})
