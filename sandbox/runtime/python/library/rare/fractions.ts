/** `fractions`, in Python. */
export const FRACTIONS = String.raw`
import math as _math
import re as _re
from decimal import Decimal as _Decimal

_SYNTAX = _re.compile(r'\s*(?P<sign>[-+]?)(?=\d|\.\d)(?P<num>\d*|\d+(?:_\d+)*)(?:(?:\s*/\s*(?P<denom>\d+(?:_\d+)*))?|(?:\.(?P<decimal>\d*|\d+(?:_\d+)*))?(?:E(?P<exp>[-+]?\d+(?:_\d+)*))?)\s*$', _re.I)

class Fraction:
    def __new__(cls, numerator=0, denominator=None):
        self = object.__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
                return self
            if isinstance(numerator, Fraction):
                self._numerator, self._denominator = numerator._numerator, numerator._denominator
                return self
            if isinstance(numerator, int):
                self._numerator, self._denominator = int(numerator), 1
                return self
            if isinstance(numerator, (float, _Decimal)):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if not isinstance(numerator, str):
                raise TypeError('argument should be a string or a Rational instance or have the as_integer_ratio() method') if _new else TypeError('argument should be a string or a Rational instance')
            found = _SYNTAX.match(numerator)
            if found is None:
                raise ValueError('Invalid literal for Fraction: %r' % numerator)
            top, below = int(found['num'] or '0'), 1
            if found['denom']:
                below = int(found['denom'])
            else:
                part = (found['decimal'] or '').replace('_', '')
                if part:
                    below = 10 ** len(part)
                    top = top * below + int(part)
                if found['exp']:
                    exp = int(found['exp'])
                    if exp >= 0:
                        top *= 10 ** exp
                    else:
                        below *= 10 ** -exp
            numerator, denominator = -top if found['sign'] == '-' else top, below
        elif not isinstance(numerator, (int, Fraction)) or not isinstance(denominator, (int, Fraction)):
            raise TypeError('both arguments should be Rational instances')
        else:
            a, b = Fraction(numerator), Fraction(denominator)
            numerator, denominator = a._numerator * b._denominator, b._numerator * a._denominator
        if denominator == 0:
            raise ZeroDivisionError('Fraction(%s, 0)' % numerator)
        shared = _math.gcd(numerator, denominator)
        if denominator < 0:
            shared = -shared
        self._numerator, self._denominator = numerator // shared, denominator // shared
        return self

    @classmethod
    def from_float(cls, f):
        return cls(*f.as_integer_ratio())
    @classmethod
    def from_decimal(cls, d):
        return cls(*d.as_integer_ratio())
    @property
    def numerator(self):
        return self._numerator
    @property
    def denominator(self):
        return self._denominator
    def is_integer(self):
        return self._denominator == 1
    def as_integer_ratio(self):
        return self._numerator, self._denominator
    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return _ratio(p1, q1)
        return _ratio(p0 + k * p1, q0 + k * q1)
    def __repr__(self):
        return '%s(%s, %s)' % (self.__class__.__name__, self._numerator, self._denominator)
    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else '%s/%s' % (self._numerator, self._denominator)
    def __format__(self, spec):
        if not spec:
            return str(self)
        if spec[-1] in 'fFeEgG%':
            from decimal import localcontext
            with localcontext() as context:
                context.prec = 200
                return format(_Decimal(self._numerator) / _Decimal(self._denominator), spec)
        return format(str(self), spec.replace('s', '') or '')
    def __hash__(self):
        prime = 2 ** 61 - 1
        try:
            value = hash(hash(abs(self._numerator)) * pow(self._denominator, -1, prime) % prime)
        except ValueError:
            value = 314159
        return value if self._numerator >= 0 else hash(-value)
    def __bool__(self):
        return bool(self._numerator)
    def __int__(self):
        return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator
    __trunc__ = __int__
    def __float__(self):
        return self._numerator / self._denominator
    def __floor__(self):
        return self._numerator // self._denominator
    def __ceil__(self):
        return -(-self._numerator // self._denominator)
    def __round__(self, ndigits=None):
        if ndigits is None:
            whole, rest = divmod(self._numerator, self._denominator)
            if rest * 2 != self._denominator:
                return whole if rest * 2 < self._denominator else whole + 1
            return whole if whole % 2 == 0 else whole + 1
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)
    def __neg__(self):
        return _ratio(-self._numerator, self._denominator)
    def __pos__(self):
        return _ratio(self._numerator, self._denominator)
    def __abs__(self):
        return _ratio(abs(self._numerator), self._denominator)
    def __copy__(self):
        return self
    def __deepcopy__(self, memo):
        return self
    def __eq__(self, other):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return self._numerator == other._numerator and self._denominator == other._denominator
        if isinstance(other, float):
            return float(self) == other if other != other or other in (float('inf'), float('-inf')) else self == Fraction(other)
        return NotImplemented
    def _order(self, other, holds):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return holds(self._numerator * other._denominator, other._numerator * self._denominator)
        if isinstance(other, float):
            return holds(0.0, other) if other != other or other in (float('inf'), float('-inf')) else holds(self, Fraction(other))
        return NotImplemented
    def __lt__(self, other):
        return self._order(other, lambda a, b: a < b)
    def __le__(self, other):
        return self._order(other, lambda a, b: a <= b)
    def __gt__(self, other):
        return self._order(other, lambda a, b: a > b)
    def __ge__(self, other):
        return self._order(other, lambda a, b: a >= b)
    def __pow__(self, other):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            if other._denominator == 1:
                n = other._numerator
                if n >= 0:
                    return _ratio(self._numerator ** n, self._denominator ** n)
                if self._numerator == 0:
                    raise ZeroDivisionError('Fraction(%s, 0)' % (self._denominator ** -n))
                return Fraction(self._denominator ** -n, self._numerator ** -n)
            return float(self) ** float(other)
        return float(self) ** other if isinstance(other, float) else NotImplemented
    def __rpow__(self, other):
        if self._denominator == 1 and self._numerator >= 0:
            return other ** self._numerator
        return other ** float(self)

_new = __import__('sys').version_info >= (3, 12)

def _ratio(top, below):
    made = object.__new__(Fraction)
    made._numerator, made._denominator = top, below
    return made

def _operator(name, exact, fallback):
    def forward(self, other):
        if isinstance(other, (int, Fraction)):
            return exact(self, Fraction(other))
        return fallback(float(self), other) if isinstance(other, float) else NotImplemented
    def backward(self, other):
        if isinstance(other, (int, Fraction)):
            return exact(Fraction(other), self)
        return fallback(other, float(self)) if isinstance(other, float) else NotImplemented
    setattr(Fraction, '__%s__' % name, forward)
    setattr(Fraction, '__r%s__' % name, backward)

def _floordiv(a, b):
    if not b._numerator:
        raise ZeroDivisionError('integer division or modulo by zero')
    return (a._numerator * b._denominator) // (a._denominator * b._numerator)
def _mod(a, b):
    below = a._denominator * b._denominator
    if not b._numerator:
        raise ZeroDivisionError('integer modulo by zero')
    return Fraction((a._numerator * b._denominator) % (b._numerator * a._denominator), below)

_operator('add', lambda a, b: Fraction(a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator), lambda a, b: a + b)
_operator('sub', lambda a, b: Fraction(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator), lambda a, b: a - b)
_operator('mul', lambda a, b: Fraction(a._numerator * b._numerator, a._denominator * b._denominator), lambda a, b: a * b)
_operator('truediv', lambda a, b: Fraction(a._numerator * b._denominator, a._denominator * b._numerator), lambda a, b: a / b)
_operator('floordiv', _floordiv, lambda a, b: a // b)
_operator('mod', _mod, lambda a, b: a % b)
_operator('divmod', lambda a, b: (_floordiv(a, b), _mod(a, b)), lambda a, b: divmod(a, b))
`
