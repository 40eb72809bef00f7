/** Programs that never end, or want more than there is: they burn CPU, are killed for their memory, and stop nobody else. */
import { describe, expect, test } from 'vitest'
import { program, sh } from './testing.ts'

describe('a program without bounds', () => {
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
    const chain =
      'e = ValueError(0)\nfor i in range(20000):\n  new = ValueError(i)\n  new.__cause__ = e\n  e = new\nraise e'
    expect(await last(chain)).toBe('ValueError: 19999')
    const nested = await sh(
      'python -c "e = ValueError()\nfor i in range(13): e = ExceptionGroup(str(i), [e])\nraise e"',
    )
    expect(nested.match(/ExceptionGroup: \d+/g)).toEqual(
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map(i => `ExceptionGroup: ${i}`),
    )
    expect(nested).toContain('| ... (max_group_depth is 10)\n')
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
})
