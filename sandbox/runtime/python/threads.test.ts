/** Threads of a program take turns. */
import { describe, expect, test } from 'vitest'
import { machine } from '../testing.ts'
import { program, sh } from './testing.ts'

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
