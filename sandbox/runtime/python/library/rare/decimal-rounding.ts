/** How Decimals are rounded to the digits of a context, and which of its signals that raises. */
export const DECIMAL_ROUNDING = `
def _make(sign, value, exp, special=''):
    made = object.__new__(Decimal)
    made._sign, made._int, made._exp, made._special = sign, value, exp, special
    return made

def _operand(value, compared=False):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) or compared and isinstance(value, float):
        return Decimal(value)
    return NotImplemented

def _rescale(number, exp, rounding):
    if not number._int:
        return _make(number._sign, 0, exp)
    if number._exp >= exp:
        return _make(number._sign, number._int * 10 ** (number._exp - exp), exp)
    if number.adjusted() < exp - 1:
        return _make(number._sign, _rounds_up(number._sign, 0, 1, 10, rounding), exp)
    whole, rest = divmod(number._int, 10 ** (exp - number._exp))
    return _make(number._sign, whole + _rounds_up(number._sign, whole, rest, 10 ** (exp - number._exp), rounding), exp)

def _near(a, b, prec):
    """Two numbers to be added: one that is too small to be seen is only told by its sign."""
    small, big = (a, b) if a._exp < b._exp else (b, a)
    if not small._int or not big._int:
        return a, b
    exp = big._exp + min(-1, len(_digits(big._int)) - prec - 2)
    small_end = len(_digits(small._int)) + small._exp - 1
    if small_end >= exp:
        return a, b
    little = _make(small._sign, 1, exp)
    return (little, b) if small is a else (a, little)

def _rounded(context, inexact):
    for signal in [Rounded, *([Inexact] if inexact else [])]:
        context.flags[signal] = True
    for signal in [*([Inexact] if inexact else []), Rounded]:
        if context.traps[signal]:
            raise signal([signal])

def _rounds_up(sign, whole, rest, unit, rounding):
    if not rest or rounding == ROUND_DOWN:
        return 0
    if rounding == ROUND_UP:
        return 1
    if rounding == ROUND_CEILING:
        return 0 if sign else 1
    if rounding == ROUND_FLOOR:
        return 1 if sign else 0
    if rounding == ROUND_05UP:
        return int(whole % 5 == 0)
    twice = 2 * rest
    if twice != unit:
        return int(twice > unit)
    return 1 if rounding == ROUND_HALF_UP else 0 if rounding == ROUND_HALF_DOWN else whole % 2

def _fix(number, context=None, rounding=None):
    """As many digits as the context has."""
    if number._special:
        return number
    context = context or getcontext()
    if not number._int:
        return number if -1999999 <= number._exp <= context.Emax else _make(number._sign, 0, context.Emax)
    over = len(_digits(number._int)) - context.prec
    if over > 0:
        before = number
        number = _rescale(number, number._exp + over, rounding or context.rounding)
        if len(_digits(number._int)) > context.prec:
            number = _make(number._sign, number._int // 10, number._exp + 1)
        _rounded(context, before._int % 10 ** over != 0)
    if number.adjusted() > context.Emax:
        return _signal(context, Overflow, Overflow, _make(number._sign, 0, 0, 'F'))
    return number

DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP)
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, traps=[])
_now = [Context()]
for _cls in (Decimal, Context):
    written_in_c(_cls)
`
