/** `decimal`, in Python: numbers as people write them, with so many digits, rounded as they like. */
import { DECIMAL_CONTEXT } from './decimal-context.ts'
import { DECIMAL_FORMAT } from './decimal-format.ts'
import { DECIMAL_ORDER } from './decimal-order.ts'
import { DECIMAL_ROOTS } from './decimal-roots.ts'
import { DECIMAL_ROUNDING } from './decimal-rounding.ts'

const NUMBER = String.raw`
_SYNTAX = _re.compile(r'\s*([-+])?(?:(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?|(inf(?:inity)?)|(s?nan)(\d*))\s*$', _re.I)

class Decimal(_Formatted, _Ordered, _Roots):
    __slots__ = ('_sign', '_int', '_exp', '_special')

    def __new__(cls, value='0', context=None):
        self = object.__new__(cls)
        if isinstance(value, Decimal):
            self._sign, self._int, self._exp, self._special = value._sign, value._int, value._exp, value._special
        elif isinstance(value, int):
            self._sign, self._int, self._exp, self._special = int(value < 0), abs(int(value)), 0, ''
        elif isinstance(value, float):
            return Decimal.from_float(value) if cls is Decimal else cls(Decimal.from_float(value))
        elif isinstance(value, str):
            found = _SYNTAX.match(value.replace('_', ''))
            if not found or not (found[5] or found[6] or found[2] or found[3]):
                return _signal(context, InvalidOperation, ConversionSyntax)
            self._sign = int(found[1] == '-')
            self._int, self._exp, self._special = 0, 0, ''
            if found[5]:
                self._special = 'F'
            elif found[6]:
                self._special = 'N' if found[6].lower() == 'snan' else 'n'
                self._int = int(found[7] or 0)
            else:
                part = found[3] or ''
                self._int = int((found[2] or '') + part)
                self._exp = int(found[4] or 0) - len(part)
        elif isinstance(value, (tuple, list)):
            if len(value) != 3:
                raise ValueError('argument must be a sequence of length 3')
            sign, digits, exp = value
            self._sign, self._special = sign, exp if isinstance(exp, str) else ''
            self._int = int(''.join(map(str, digits)) or '0')
            self._exp = 0 if isinstance(exp, str) else exp
        else:
            raise TypeError('conversion from %s to Decimal is not supported' % type(value).__name__)
        return self

    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            return cls(f)
        if f != f:
            return cls('NaN')
        if f in (float('inf'), float('-inf')):
            return cls('Infinity' if f > 0 else '-Infinity')
        n, d = abs(f).as_integer_ratio()
        k = d.bit_length() - 1
        made = _make(int(str(f)[0] == '-'), n * 5 ** k, -k)
        return made if cls is Decimal else cls(made)

    def __repr__(self):
        return "Decimal('%s')" % self
    def __hash__(self):
        if self._special:
            return 0 if self._special == 'n' else -314159 if self._sign else 314159
        prime = 2 ** 61 - 1
        value = self._int * pow(10, self._exp, prime) % prime
        return hash(-value if self._sign else value)
    def __bool__(self):
        return bool(self._special or self._int)
    def __int__(self):
        if self._special:
            raise (OverflowError('cannot convert Infinity to integer') if self._special == 'F' else ValueError('cannot convert NaN to integer'))
        if not self._int or self.adjusted() < 0:
            return 0
        value = self._int * 10 ** self._exp if self._exp >= 0 else self._int // 10 ** -self._exp
        return -value if self._sign else value
    __trunc__ = __int__
    def __float__(self):
        if self._special == 'N':
            raise ValueError('cannot convert signaling NaN to float')
        return float(str(self)) if self._special != 'n' else float('-nan' if self._sign else 'nan')
    def __floor__(self):
        return int(self._to_integral(ROUND_FLOOR))
    def __ceil__(self):
        return int(self._to_integral(ROUND_CEILING))
    def __round__(self, n=None):
        if n is None:
            return int(self._to_integral(ROUND_HALF_EVEN))
        return self.quantize(_make(0, 1, -n), rounding=ROUND_HALF_EVEN)
    def __copy__(self):
        return self
    def __deepcopy__(self, memo):
        return self
    def as_tuple(self):
        if self._special:
            return DecimalTuple(self._sign, (0,) if self._special == 'F' else tuple(map(int, _digits(self._int))) if self._int else (), self._special)
        return DecimalTuple(self._sign, tuple(map(int, _digits(self._int))), self._exp)
    def as_integer_ratio(self):
        if self._special:
            raise (OverflowError if self._special == 'F' else ValueError)('cannot convert %s to integer ratio' % ('Infinity' if self._special == 'F' else 'NaN'))
        from math import gcd
        top, below = (self._int * 10 ** self._exp, 1) if self._exp >= 0 else (self._int, 10 ** -self._exp)
        shared = gcd(top, below) or 1
        return (-top if self._sign else top) // shared, below // shared
    def adjusted(self):
        return 0 if self._special else self._exp + len(_digits(self._int)) - 1
    def is_nan(self):
        return self._special in ('n', 'N') and self._special != ''
    def is_snan(self):
        return self._special == 'N'
    def is_qnan(self):
        return self._special == 'n'
    def is_infinite(self):
        return self._special == 'F'
    def is_finite(self):
        return not self._special
    def is_signed(self):
        return bool(self._sign)
    def is_zero(self):
        return not self._special and self._int == 0
    def is_normal(self, context=None):
        return not self._special and self._int != 0
    def is_subnormal(self, context=None):
        return False
    def is_canonical(self):
        return True
    def canonical(self):
        return self
    def copy_abs(self):
        return _make(0, self._int, self._exp, self._special)
    def copy_negate(self):
        return _make(1 - self._sign, self._int, self._exp, self._special)
    def copy_sign(self, other, context=None):
        return _make(Decimal(other)._sign, self._int, self._exp, self._special)
    def conjugate(self):
        return self
    @property
    def real(self):
        return self
    @property
    def imag(self):
        return Decimal(0)

    def _nan(self, *others, context=None):
        for one in (self, *others):
            if one._special == 'N':
                return _signal(context, InvalidOperation, InvalidOperation)
        for one in (self, *others):
            if one._special == 'n':
                return one
        return None
    def _signed(self):
        return -self._int if self._sign else self._int

    def __neg__(self, context=None):
        if not self._int and not self._special:
            return _fix(self.copy_abs(), context)
        return self._nan(context=context) or _fix(self.copy_negate(), context)
    def __pos__(self, context=None):
        if not self._int and not self._special:
            return _fix(self.copy_abs(), context)
        return self._nan(context=context) or _fix(self, context)
    def __abs__(self, context=None):
        return self._nan(context=context) or _fix(self.copy_abs(), context)
    def __add__(self, other, context=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        nan = self._nan(other, context=context)
        if nan is not None:
            return nan
        if self._special or other._special:
            if self._special and other._special and self._sign != other._sign:
                return _signal(context, InvalidOperation, InvalidOperation)
            return self if self._special else other
        context = context or getcontext()
        a, b = _near(self, other, context.prec)
        exp = min(a._exp, b._exp)
        total = a._signed() * 10 ** (a._exp - exp) + b._signed() * 10 ** (b._exp - exp)
        if total:
            sign = int(total < 0)
        elif self._sign == other._sign:
            sign = self._sign
        else:
            sign = int(context.rounding == ROUND_FLOOR)
        return _fix(_make(sign, abs(total), exp), context)
    __radd__ = __add__
    def __sub__(self, other, context=None):
        other = _operand(other)
        return other if other is NotImplemented else self.__add__(other.copy_negate() if other._special not in ('n', 'N') or not other._special else other, context)
    def __rsub__(self, other):
        return _operand(other).__sub__(self)
    def __mul__(self, other, context=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        nan = self._nan(other, context=context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._special or other._special:
            if not self or not other:
                return _signal(context, InvalidOperation, InvalidOperation)
            return _make(sign, 0, 0, 'F')
        return _fix(_make(sign, self._int * other._int, self._exp + other._exp), context)
    __rmul__ = __mul__
    def __truediv__(self, other, context=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        nan = self._nan(other, context=context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._special:
            return _signal(context, InvalidOperation, InvalidOperation) if other._special else _make(sign, 0, 0, 'F')
        if other._special:
            return _make(sign, 0, context.Emin - context.prec + 1)
        if not other._int:
            if not self._int:
                return _signal(context, InvalidOperation, DivisionUndefined)
            return _signal(context, DivisionByZero, DivisionByZero, _make(sign, 0, 0, 'F'))
        if not self._int:
            return _fix(_make(sign, 0, self._exp - other._exp), context)
        shift = len(_digits(other._int)) - len(_digits(self._int)) + context.prec + 1
        exp = self._exp - other._exp - shift
        top, below = (self._int * 10 ** shift, other._int) if shift >= 0 else (self._int, other._int * 10 ** -shift)
        whole, rest = divmod(top, below)
        if rest:
            if whole % 5 == 0:
                whole += 1
        else:
            ideal = self._exp - other._exp
            while exp < ideal and whole % 10 == 0:
                whole //= 10
                exp += 1
        return _fix(_make(sign, whole, exp), context)
    def __rtruediv__(self, other):
        return _operand(other).__truediv__(self)
    def _divide(self, other, context):
        """The whole quotient, and what is left; or what is to be given instead of both."""
        nan = self._nan(other, context=context)
        if nan is not None:
            return nan, nan
        sign = self._sign ^ other._sign
        if self._special:
            bad = _signal(context, InvalidOperation, InvalidOperation)
            return (bad if other._special else _make(sign, 0, 0, 'F')), bad
        if other._special:
            return _make(sign, 0, 0), _fix(self, context)
        if not other._int:
            if not self._int:
                bad = _signal(context, InvalidOperation, DivisionUndefined)
                return bad, bad
            return _signal(context, DivisionByZero, DivisionByZero, _make(sign, 0, 0, 'F')), _signal(context, InvalidOperation, InvalidOperation)
        exp = min(self._exp, other._exp)
        whole, rest = divmod(self._int * 10 ** (self._exp - exp), other._int * 10 ** (other._exp - exp))
        if whole >= 10 ** context.prec:
            bad = _signal(context, InvalidOperation, DivisionImpossible)
            return bad, bad
        return _make(sign, whole, 0), _fix(_make(self._sign, rest, exp), context)
    def __floordiv__(self, other, context=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if not other._special and not other._int and not self._special and self._int:
            return _signal(context, DivisionByZero, DivisionByZero, _make(self._sign ^ other._sign, 0, 0, 'F'))
        if self._special == 'F' and not other._special:
            return _make(self._sign ^ other._sign, 0, 0, 'F')
        return self._divide(other, context)[0]
    def __rfloordiv__(self, other):
        return _operand(other).__floordiv__(self)
    def __mod__(self, other, context=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if not other._special and not other._int and not self._special and self._int:
            return _signal(context, InvalidOperation, InvalidOperation)
        return self._divide(other, context)[1]
    def __rmod__(self, other):
        return _operand(other).__mod__(self)
    def __divmod__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._divide(other, getcontext())
    def __rdivmod__(self, other):
        return _operand(other).__divmod__(self)
    def __pow__(self, other, modulo=None, context=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if modulo is not None:
            return Decimal(pow(int(self), int(other), int(modulo)))
        nan = self._nan(other, context=context)
        if nan is not None:
            return nan
        if not other._special and not other._int:
            return Decimal(1) if self else _signal(context, InvalidOperation, InvalidOperation)
        if self._special or other._special:
            refuse('a power of an infinite Decimal')
        if other != other._to_integral(ROUND_DOWN):
            if self._sign and self._int:
                return _signal(context, InvalidOperation, InvalidOperation)
            refuse('a power of a Decimal that is no whole number')
        n = int(other)
        sign = self._sign if n % 2 else 0
        if not self._int:
            if n > 0:
                return _make(sign, 0, 0)
            return _make(sign, 0, 0, 'F')
        if self.adjusted() * n > context.Emax:
            return _signal(context, Overflow, Overflow, _make(sign, 0, 0, 'F'))
        if len(_digits(self._int)) * abs(n) > 10000 and self._int != 1:
            return self._power(n, context)
        value = self._int ** abs(n)
        if n > 0:
            return _fix(_make(sign, value, self._exp * n), context)
        result = Decimal(1).__truediv__(_make(sign, value, self._exp * -n), context)
        return result
    def _power(self, n, context):
        """By squares, with some digits more than are kept."""
        inner = Context(prec=context.prec + len(str(abs(n))) + 5, Emax=MAX_EMAX, Emin=MIN_EMIN)
        base, result = self if n > 0 else Decimal(1).__truediv__(self, inner), Decimal(1)
        n = abs(n)
        while n:
            if n & 1:
                result = result.__mul__(base, inner)
            base = base.__mul__(base, inner)
            n >>= 1
        return _fix(result, context)
    def __rpow__(self, other):
        return _operand(other).__pow__(self)

    def quantize(self, exp, rounding=None, context=None):
        exp = Decimal(exp)
        context = context or getcontext()
        nan = self._nan(exp, context=context)
        if nan is not None:
            return nan
        if self._special or exp._special:
            return self if self._special and exp._special else _signal(context, InvalidOperation, InvalidOperation)
        if self._int and self.adjusted() - exp._exp >= context.prec:
            return _signal(context, InvalidOperation, InvalidOperation)
        made = _rescale(self, exp._exp, rounding or context.rounding)
        if len(_digits(made._int)) > context.prec:
            return _signal(context, InvalidOperation, InvalidOperation)
        if made._exp > self._exp and self._int:
            _rounded(context, made._compare(self) != 0)
        return made
    def same_quantum(self, other, context=None):
        other = Decimal(other)
        return self._special == other._special and (bool(self._special) or self._exp == other._exp)
    def _to_integral(self, rounding):
        return self if self._special or self._exp >= 0 else _rescale(self, 0, rounding)
    def to_integral_value(self, rounding=None, context=None):
        return self._nan(context=context) or self._to_integral(rounding or (context or getcontext()).rounding)
    to_integral = to_integral_exact = to_integral_value
    def normalize(self, context=None):
        nan = self._nan(context=context)
        if nan is not None:
            return nan
        made = _fix(self, context)
        if made._special:
            return made
        if not made._int:
            return _make(made._sign, 0, 0)
        value, exp = made._int, made._exp
        while value % 10 == 0:
            value //= 10
            exp += 1
        return _make(made._sign, value, exp)
    def scaleb(self, other, context=None):
        return _fix(_make(self._sign, self._int, self._exp + int(other), self._special), context)
    def fma(self, other, third, context=None):
        other = Decimal(other)
        return _make(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp).__add__(third, context)
    def remainder_near(self, other, context=None):
        other = Decimal(other)
        whole = (self / other)._to_integral(ROUND_HALF_EVEN)
        return self - whole * other
    def logb(self, context=None):
        return Decimal(self.adjusted())
    def number_class(self, context=None):
        if self._special:
            return {'N': 'sNaN', 'n': 'NaN'}.get(self._special) or ('-Infinity' if self._sign else '+Infinity')
        return ('-' if self._sign else '+') + ('Normal' if self._int else 'Zero')
`

export const DECIMAL = DECIMAL_CONTEXT + DECIMAL_FORMAT + DECIMAL_ORDER + DECIMAL_ROOTS + NUMBER + DECIMAL_ROUNDING
