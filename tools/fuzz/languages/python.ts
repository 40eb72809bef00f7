/** Programs in Python: nested statements of everyday parts, at times with something odd between them. Most raise something, as most of anybody's do. */
import fc from 'fast-check'
import { junk } from '../words.ts'

const name = fc.constantFrom('a', 'b', 'self', 'x', 'print', 'len', 'os', 'json', 'f', 'C')
const text = junk.map(value => JSON.stringify(value))
const module = fc.constantFrom(
  'os',
  'sys',
  'json',
  're',
  'time',
  'math',
  'random',
  'datetime',
  'collections',
  'itertools',
  'functools',
  'subprocess',
  'socket',
  'hashlib',
  'base64',
  'logging',
  'argparse',
  'threading',
  'signal',
  'io',
  'nosuch',
)

const leaf = fc.oneof(
  { weight: 4, arbitrary: name },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 300 }).map(String) },
  { weight: 2, arbitrary: text },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'None',
      'True',
      '...',
      '1e308',
      '-0.0',
      '10**50',
      "float('nan')",
      "b'\\xff'",
      '{}',
      '[]',
      '()',
      'set()',
      "r'\\d+'",
      "f'{a!r:>10}'",
      "f'{x:{b}}'",
      '0x_ff',
      '1_000',
      '3j',
      'os.environ',
      'sys.argv',
      'time.time()',
      "open('/etc/hostname').read()",
      "open('nosuch')",
      'random.random()',
      "re.findall('(a|b)+', 'abab')",
      "json.loads('[1, {}]')",
      'datetime.datetime.now()',
      'collections.Counter("abc")',
      "subprocess.run(['ls'], capture_output=True)",
      'itertools.count()',
      'iter([1])',
      'object()',
      'type(a)',
      'lambda *a, **k: (a, k)',
      'int("x")',
      'sorted([3, 1, "a"])',
      "'%s %d' % (a, b)",
      "'{0.x}{}'.format(a)",
    ),
  },
)

const BINARY = ['+', '-', '*', '/', '//', '%', '**', '<<', '&', '|', '@', '==', '<', 'in', 'is not', 'and', 'or', 'if']

const { expression } = fc.letrec<{ expression: string }>(tie => {
  const one = tie('expression')
  return {
    expression: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc
        .tuple(one, fc.constantFrom(...BINARY), one)
        .map(([a, op, b]) => (op === 'if' ? `(${a} if a else ${b})` : `(${a} ${op} ${b})`)),
      fc.tuple(name, fc.array(one, { maxLength: 3 })).map(([of, given]) => `${of}(${given.join(', ')})`),
      fc
        .tuple(
          one,
          fc.constantFrom('append', 'items', 'join', 'split', 'get', '__class__', '__dict__', 'x', 'format', 'encode'),
          fc.array(one, { maxLength: 2 }),
        )
        .map(([of, what, given]) => `${of}.${what}(${given.join(', ')})`),
      fc.tuple(one, one).map(([of, at]) => `${of}[${at}]`),
      fc.tuple(one, one).map(([of, at]) => `${of}[${at}::-1]`),
      fc.array(one, { maxLength: 3 }).map(of => `[${of.join(', ')}]`),
      fc.tuple(one, one).map(([key, value]) => `{${key}: ${value}, **{}}`),
      fc.tuple(one, one).map(([value, of]) => `[${value} for x in ${of} if x]`),
      one.map(of => `sum(x for x in ${of})`),
      one.map(of => `str(${of}) + repr(${of})`),
      one.map(of => `(b := ${of})`),
    ),
  }
})

const indented = (block: string): string => block.replace(/^/gm, '    ')

const { statement } = fc.letrec<{ statement: string }>(tie => {
  const block = fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map(all => indented(all.join('\n')))
  return {
    statement: fc.oneof(
      { maxDepth: 3 },
      expression,
      expression.map(value => `print(${value})`),
      fc.tuple(name, expression).map(([to, value]) => `${to} = ${value}`),
      fc.tuple(name, expression).map(([to, value]) => `${to}, *x = ${value}`),
      fc.tuple(name, expression).map(([to, value]) => `${to} += ${value}`),
      module.map(of => `import ${of}`),
      fc.tuple(module, name).map(([of, what]) => `from ${of} import ${what}`),
      fc.constantFrom(
        'pass',
        'return a',
        'break',
        'continue',
        'raise ValueError(a) from None',
        'raise',
        'del a',
        'global a',
        'yield a',
        'assert a, b',
        'sys.exit(3)',
        'exit("bye")',
        'time.sleep(0.5)',
        'print(a, b, sep="", end="", file=sys.stderr)',
        '@property',
        'x: int = 1',
      ),
      fc.tuple(expression, block, block).map(([when, a, b]) => `if ${when}:\n${a}\nelse:\n${b}`),
      fc.tuple(expression, block).map(([of, a]) => `for x in ${of}:\n${a}`),
      fc.tuple(expression, block).map(([when, a]) => `while ${when}:\n${a}\n    break`),
      block.map(a => `while True:\n${a}`),
      block.map(a => `def f(a=1, *b, x=2, **k):\n${a}`),
      block.map(a => `async def f():\n${a}`),
      block.map(a => `class C(Exception):\n    x = 1\n    def __init__(self, *a):\n${indented(a)}`),
      fc.tuple(block, block).map(([a, b]) => `try:\n${a}\nexcept (ValueError, TypeError) as a:\n${b}\nfinally:\n${b}`),
      fc.tuple(expression, block).map(([of, a]) => `with ${of} as a:\n${a}`),
      fc.tuple(expression, block).map(([of, a]) => `match ${of}:\n    case [x, *_] | {"a": x}:\n${indented(a)}`),
      { weight: 1, arbitrary: junk },
    ),
  }
})

/** The modules that expressions speak of are there, mostly. */
const PREAMBLE =
  'import os, sys, json, re, time, random, datetime, collections, itertools, subprocess\na = [1, 2]; b = {"a": 1}; x = 3\n'

export const python = fc
  .tuple(fc.boolean(), fc.array(statement, { minLength: 1, maxLength: 8 }))
  .map(([bare, all]) => `${bare ? '' : PREAMBLE}${all.join('\n')}\n`)
