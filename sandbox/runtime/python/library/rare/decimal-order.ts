/** How Decimals are compared, without making long numbers of those that differ much in size. */
export const DECIMAL_ORDER = `
class _Ordered:
    def _compare(self, other):
        """-1, 0, 1; None where one is not a number."""
        if self.is_nan() or other.is_nan():
            return None
        if self._special or other._special:
            a = (-1 if self._sign else 1) if self._special else 0
            b = (-1 if other._sign else 1) if other._special else 0
            return (a > b) - (a < b)
        if not self._int or not other._int or self._sign != other._sign or self.adjusted() != other.adjusted():
            a, b = self._weight(), other._weight()
            return (a > b) - (a < b)
        exp = min(self._exp, other._exp)
        a, b = self._signed() * 10 ** (self._exp - exp), other._signed() * 10 ** (other._exp - exp)
        return (a > b) - (a < b)
    def _weight(self):
        """What orders numbers of different signs or sizes, without their digits."""
        if not self._int:
            return 0, 0
        return (-1, -self.adjusted()) if self._sign else (1, self.adjusted())
    def __eq__(self, other):
        other = _operand(other, True)
        return other if other is NotImplemented else self._compare(other) == 0
    def _ordered(self, other, holds):
        other = _operand(other, True)
        if other is NotImplemented:
            return other
        order = self._compare(other)
        if order is None:
            return _signal(None, InvalidOperation, InvalidOperation, False)
        return holds(order)
    def __lt__(self, other):
        return self._ordered(other, lambda n: n < 0)
    def __le__(self, other):
        return self._ordered(other, lambda n: n <= 0)
    def __gt__(self, other):
        return self._ordered(other, lambda n: n > 0)
    def __ge__(self, other):
        return self._ordered(other, lambda n: n >= 0)
    def compare(self, other, context=None):
        other = Decimal(other)
        return self._nan(other, context=context) or Decimal(self._compare(other))
    def max(self, other, context=None):
        other = Decimal(other)
        return _fix(self if other.is_nan() or not self.is_nan() and self >= other else other, context)
    def min(self, other, context=None):
        other = Decimal(other)
        return _fix(self if other.is_nan() or not self.is_nan() and self <= other else other, context)
`
