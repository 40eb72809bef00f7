/** Programs of the simulated Python: they run in virtual time and end as real ones do. */
import { describe, expect, test } from 'vitest'
import { machine } from '../testing.ts'
import { program, sh } from './testing.ts'

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

  test('is told how long its last alarm had still to go; one that it does not live to see rings for nobody', async () => {
    const p = program(
      'import signal, time\nprint(signal.alarm(5)); time.sleep(1.2)\nprint(signal.alarm(2)); time.sleep(.7)\nprint(signal.alarm(1)); time.sleep(.8)\nprint(signal.alarm(3))',
    )
    await p.m.clock.advance(10_000)
    expect([p.log(), p.status()]).toEqual(['0\n4\n1\n1\n', { code: 0 }])
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

describe('the programs of the documentation about Jobs', () => {
  test('end as the index of their Pod says', async () => {
    const source =
      'import os, sys, time\nprint("Hello world")\nif int(os.environ.get("JOB_COMPLETION_INDEX")) % 2 == 0:\n  sys.exit(1)\nsys.exit(0)'
    const p = program(source, { env: { JOB_COMPLETION_INDEX: '2' } })
    await p.toTheEnd()
    expect([p.log(), p.status()]).toEqual(['Hello world\n', { code: 1 }])
  })
})
