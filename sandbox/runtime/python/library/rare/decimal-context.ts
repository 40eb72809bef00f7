/** How many digits a Decimal keeps, how it is rounded, and which of its troubles are errors. */
export const DECIMAL_CONTEXT = `
import re as _re
from collections import namedtuple as _namedtuple
from _support import digits as _digits, refuse, written_in_c

ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING = 'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING'
ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP = 'ROUND_FLOOR', 'ROUND_UP', 'ROUND_HALF_DOWN', 'ROUND_05UP'
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
HAVE_THREADS = HAVE_CONTEXTVAR = True
DecimalTuple = _namedtuple('DecimalTuple', 'sign digits exponent')

class DecimalException(ArithmeticError): pass
class Clamped(DecimalException): pass
class InvalidOperation(DecimalException): pass
class ConversionSyntax(InvalidOperation): pass
class DivisionByZero(DecimalException, ZeroDivisionError): pass
class DivisionImpossible(InvalidOperation): pass
class DivisionUndefined(InvalidOperation, ZeroDivisionError): pass
class Inexact(DecimalException): pass
class Rounded(DecimalException): pass
class Subnormal(DecimalException): pass
class Overflow(Inexact, Rounded): pass
class Underflow(Inexact, Rounded, Subnormal): pass
class FloatOperation(DecimalException, TypeError): pass

_SIGNALS = [InvalidOperation, FloatOperation, DivisionByZero, Overflow, Subnormal, Underflow, Rounded, Inexact, Clamped]
_ROUNDINGS = [ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP]

def _signal(context, signal, why, result=None):
    context = context or getcontext()
    context.flags[signal] = True
    if context.traps[signal]:
        raise signal([why])
    return Decimal('NaN') if result is None else result

class Context:
    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=None, traps=None):
        self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp = prec, rounding, Emin, Emax, capitals, clamp
        traps = [InvalidOperation, DivisionByZero, Overflow] if traps is None else traps
        self.traps = traps if isinstance(traps, dict) else {s: s in traps for s in _SIGNALS}
        self.flags = flags if isinstance(flags, dict) else {s: s in (flags or ()) for s in _SIGNALS}
    def __setattr__(self, name, value):
        if name == 'prec' and not (isinstance(value, int) and 1 <= value <= MAX_PREC):
            raise ValueError('valid range for prec is [1, MAX_PREC]') if isinstance(value, int) else TypeError('argument must be an integer')
        if name == 'rounding' and value not in _ROUNDINGS:
            raise TypeError("valid values for rounding are:\\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\\n   ROUND_05UP]")
        object.__setattr__(self, name, value)
    def __repr__(self):
        names = lambda signals: ', '.join(s.__name__ for s in _SIGNALS if signals[s])
        return 'Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=[%s], traps=[%s])' % (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, names(self.flags), names(self.traps))
    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, dict(self.flags), dict(self.traps))
    __copy__ = copy
    def clear_flags(self):
        self.flags = {s: False for s in _SIGNALS}
    def clear_traps(self):
        self.traps = {s: False for s in _SIGNALS}
    def create_decimal(self, value='0'):
        return _fix(Decimal(value), self)
    def add(self, a, b):
        return Decimal(a).__add__(b, self)
    def subtract(self, a, b):
        return Decimal(a).__sub__(b, self)
    def multiply(self, a, b):
        return Decimal(a).__mul__(b, self)
    def divide(self, a, b):
        return Decimal(a).__truediv__(b, self)
    def power(self, a, b, modulo=None):
        return Decimal(a).__pow__(b, modulo, self)
    def sqrt(self, a):
        return Decimal(a).sqrt(self)
    def quantize(self, a, b):
        return Decimal(a).quantize(b, context=self)
    def plus(self, a):
        return Decimal(a).__pos__(self)
    def minus(self, a):
        return Decimal(a).__neg__(self)
    def abs(self, a):
        return Decimal(a).__abs__(self)

def getcontext():
    return _now[0]
def setcontext(context):
    _now[0] = context.copy() if context in (DefaultContext, BasicContext, ExtendedContext) else context
class localcontext:
    def __init__(self, ctx=None, **kwargs):
        self._new = (ctx or getcontext()).copy()
        for name, value in kwargs.items():
            setattr(self._new, name, value)
    def __enter__(self):
        self._saved = getcontext()
        _now[0] = self._new
        return self._new
    def __exit__(self, *args):
        _now[0] = self._saved
`
