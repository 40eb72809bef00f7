/** Arguments of the rare modules, and what a program may put in place of their parts. */
import { expect, test } from 'vitest'
import { sh } from '../../testing.ts'

const PROGRAM = `import configparser, logging, logging.config, statistics
def said(call):
    try: return call()
    except Exception as e: return '%s: %s' % (type(e).__name__, e)
class Loud(configparser.Interpolation):
    def before_get(self, parser, section, option, value, defaults): return value + '!'
c = configparser.ConfigParser(interpolation=Loud(), converters={'list': lambda text: text.split(',')})
c.read_string('[a]\\nx = 1,2')
c.set('a', 'y', '100%')
print(c['a']['x'], c['a'].getlist('x'), c.getlist('a', 'x'), c['a'].getlist('no'), c['a']['y'])
print(said(lambda: c['a'].getother), statistics.correlation([1, 2, 3, 4], [1, 4, 9, 9], method='ranked'), said(lambda: statistics.correlation([1, 2], [2, 3], method='x')))
logging.config.dictConfig({'version': 1, 'handlers': {'h': {'class': 'logging.StreamHandler', '.': {'kind': 'plain'}}}, 'root': {'handlers': ['h']}})
print(logging.getLogger().handlers[0].kind)`

/** What CPython 3.13 prints. */
const SAID = `1,2! ['1', '2!'] ['1', '2!'] None 100%!
AttributeError: 'SectionProxy' object has no attribute 'getother' 0.9486832980505138 ValueError: Unknown method: 'x'
plain
`

test('a parser takes its own interpolation and converters, handlers their attributes, correlation its method', async () => {
  expect(await sh(`python - <<'END'\n${PROGRAM}\nEND`)).toBe(`0 ${SAID}`)
})
