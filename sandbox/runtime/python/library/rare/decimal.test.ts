/** Decimals of great size: what CPython answers at once takes no time here either, and is the same. */
import { expect, test } from 'vitest'
import { sh } from '../../testing.ts'

const PROGRAM = `from decimal import *
def said(call):
    try: return call()
    except Exception as e: return '%s: %s' % (type(e).__name__, e)
print(Decimal(10) ** 5000, Decimal(10 ** 5000) + 1)
print(said(lambda: Decimal('1e999999') + 1), said(lambda: Decimal('1e999999') > 1), Decimal('1e-999999').quantize(Decimal('0.01')), int(Decimal('1e-999999')))
print(said(lambda: Decimal('1e999999').quantize(Decimal(1))), said(lambda: Decimal('-1e-900000') // 1))
print(said(lambda: Decimal(2) ** 10 ** 9), said(lambda: Decimal('1.0000001') ** 1000000), Decimal('1.05') ** -30, Decimal(3) ** 20000)
print(said(lambda: Decimal('3.214').quantize(Decimal('.01'), context=Context(traps=[Inexact]))), said(lambda: Context(prec=3, traps=[Inexact]).divide(1, 3)))
print(said(lambda: Decimal('1e900000') % 7), Decimal('1e-500000') - Decimal('5'), Decimal('5e-40') + 1, Decimal('-1e-40') + 1)
getcontext().prec = 5000
print(len(str(Decimal(1) / 3)))
getcontext().prec = 9; getcontext().rounding = ROUND_DOWN
print(1 - Decimal('1e-50'), 1 + Decimal('1e-50'), Decimal('1e-999999').quantize(Decimal('0.01'), rounding=ROUND_UP))`

/** What CPython 3.13 prints. */
const SAID = `1.000000000000000000000000000E+5000 1.000000000000000000000000000E+5000
1.000000000000000000000000000E+999999 True 0.00 0
InvalidOperation: [<class 'decimal.InvalidOperation'>] -0
Overflow: [<class 'decimal.Overflow'>] 1.105170912549793416638382709 0.2313774486558581681024428551 2.661303427217419791978201712E+9542
Inexact: [<class 'decimal.Inexact'>] Inexact: [<class 'decimal.Inexact'>]
InvalidOperation: [<class 'decimal.DivisionImpossible'>] -5.000000000000000000000000000 1.000000000000000000000000000 1.000000000000000000000000000
5002
0.999999999 1.00000000 0.01
`

test('numbers of great or small size are not written out to be added, compared, rounded or raised to a power', async () => {
  expect(await sh(`python - <<'END'\n${PROGRAM}\nEND`)).toBe(`0 ${SAID}`)
})
