/** The language: what values do and say, and what is refused by name. */
import { describe, expect, test } from 'vitest'
import { sh } from './testing.ts'

describe('a program', () => {
  test('is told what an encoding is not', async () => {
    const wrong = `for f in ('a'.encode, b'a'.decode):\n    try: f([])\n    except TypeError as e: print(e)`
    expect(await sh(`python - <<'END'\n${wrong}\nEND`)).toBe(
      "0 encode() argument 'encoding' must be str, not list\ndecode() argument 'encoding' must be str, not list\n",
    )
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
    await refused("''.__eq__('x')")
    await refused("bytes(source=b'x')")
    await refused('class A:\n  def __del__(self): print(1)')
    await refused('import random; random.binomialvariate(5, 0.5)')
    await refused("hasattr(1.5, '__rpow__') and 1.5.__rpow__(2)")
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
})
