/** Arguments of the modules that are made here: each is used as CPython 3.13 uses it, or an error of its words. */
import { expect, test } from 'vitest'
import { sh } from '../testing.ts'

const PROGRAM = `import base64, binascii, hashlib, random, struct
def said(call):
    try: return call()
    except Exception as e: return '%s: %s' % (type(e).__name__, e)
class Row:
    def __len__(self): return 3
    def __getitem__(self, at): return 'abc'[at]
print(binascii.hexlify(b'abcde', '-'), binascii.hexlify(b'abcde', ':', 2), binascii.hexlify(b'abcde', ':', -2), binascii.b2a_base64(b'x', newline=0))
print(base64.b64encode(b'\\xff\\xfe\\xfd', b'-_'), base64.b64decode('_-79', '-_'), base64.b64decode('YWJj', validate=True))
print(said(lambda: base64.b64decode('YW!Jj', validate=True)))
print(said(lambda: struct.unpack_from('H', b'abc', 'x')), said(lambda: struct.pack()), struct.unpack_from('H', buffer=b'abcd', offset=2), said(lambda: struct.calcsize('9' * 30 + 's')))
random.seed(a=5)
print(random.random(), random.choice(Row()), random.choice('🎉🎊x'), random.choice(seq=[1, 2]), random.sample(range(10 ** 9), 3), random.choices('abc', [1, 2, 3], k=4))
print(said(lambda: random.choice({})), said(lambda: random.setstate((2, (), None))), said(lambda: random.choice({1})))
random.seed('x' * 100000)
print(random.random())
made = [ValueError(1)]
group = ExceptionGroup('m', made)
made.append(5)
group.args = ()
print(group, group.message, group.exceptions)
print(said(lambda: ExceptionGroup(1.5, made)))
class Odd(ExceptionGroup):
    def derive(self, members): return 5
print(said(lambda: Odd('a', [ValueError(1), TypeError(2)]).split(ValueError)))`

/** What CPython 3.13 prints. */
const SAID = `b'61-62-63-64-65' b'61:6263:6465' b'6162:6364:65' b'eA=='
b'__79' b'\\xff\\xee\\xfd' b'abc'
Error: Only base64 data is allowed
TypeError: 'str' object cannot be interpreted as an integer TypeError: missing format argument (25699,) error: total struct size too long
0.6229016948897019 c 🎊 1 [902316927, 499958518, 833179165] ['c', 'c', 'c', 'a']
IndexError: Cannot choose from an empty sequence ValueError: state vector is the wrong size TypeError: 'set' object is not subscriptable
0.09916280291965796
m (1 sub-exception) m (ValueError(1),)
TypeError: BaseExceptionGroup.__new__() argument 1 must be str, not float
TypeError: derive must return an instance of BaseExceptionGroup
`

test('modules use every argument that they are given, or say what is wrong with it', async () => {
  expect(await sh(`python - <<'END'\n${PROGRAM}\nEND`)).toBe(`0 ${SAID}`)
})

test('an operation that would stop everybody is told not to be simulated; what CPython does at once is done at once', async () => {
  const last = async (source: string) => (await sh(`python - <<'END'\n${source}\nEND`)).trim().split('\n').at(-1)
  expect(await last('print(pow(3, 2**200000, 2**20000 + 1))')).toMatch(/not simulated: a power of integers as long/)
  expect(await last("print(list(zip([1], 'ab', strict=True)))")).toBe(
    'ValueError: zip() argument 2 is longer than argument 1',
  )
  expect(await last('import math\nmath.gcd(3**200000, 2**300000 + 1)')).toMatch(/not simulated: the greatest common/)
  expect(await last('import math\nmath.isqrt(10**1000000)')).toMatch(/not simulated: a root of integers as long/)
  expect(await last('import math\nprint(pow(3, -1, 7), pow(7, 2**2048, 10**600) % 1000, math.lcm(-4, 6))')).toBe(
    '0 5 601 12',
  )
  expect(await last("import random\nrandom.seed('x' * 2000000)\nprint(random.random())")).toMatch(/^0 0\.\d+$/)
})
