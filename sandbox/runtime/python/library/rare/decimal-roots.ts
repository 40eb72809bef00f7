/** Square roots of Decimals; exponentials and logarithms are refused. */
export const DECIMAL_ROOTS = `
class _Roots:
    def sqrt(self, context=None):
        context = context or getcontext()
        nan = self._nan(context=context)
        if nan is not None:
            return nan
        if not self._int and not self._special:
            return _make(self._sign, 0, self._exp // 2)
        if self._sign:
            return _signal(context, InvalidOperation, InvalidOperation)
        if self._special:
            return self
        exp = self._exp >> 1
        value = self._int * 10 if self._exp & 1 else self._int
        digits = (len(_digits(value)) + 1) // 2
        shift = context.prec + 1 - digits
        exact = True
        if shift >= 0:
            value *= 100 ** shift
        else:
            value, rest = divmod(value, 100 ** -shift)
            exact = not rest
        exp -= shift
        from math import isqrt
        n = isqrt(value)
        exact = exact and n * n == value
        if exact:
            if shift >= 0:
                n //= 10 ** shift
            else:
                n *= 10 ** -shift
            exp += shift
        elif n % 5 == 0:
            n += 1
        return _fix(_make(0, n, exp), context, ROUND_HALF_EVEN)
    def exp(self, context=None):
        refuse('Decimal.exp')
    def ln(self, context=None):
        refuse('Decimal.ln')
    def log10(self, context=None):
        context = context or getcontext()
        if not self._special and not self._sign and self._int and _digits(self._int).strip('0') == '1':
            return Decimal(self.adjusted())
        refuse('Decimal.log10')
`
