/** `statistics`, in Python: exact sums, as fractions. */
export const STATISTICS = `
import math as _math
from bisect import bisect_left as _left, bisect_right as _right
from collections import Counter as _Counter, namedtuple as _namedtuple
from decimal import Decimal as _Decimal
from fractions import Fraction as _Fraction

class StatisticsError(ValueError):
    pass

def _kind(data):
    kind = int
    for x in data:
        if isinstance(x, bool) or type(x) is int:
            continue
        if isinstance(x, float):
            kind = float if kind in (int, float, _Fraction) else _mixed(kind, float)
        elif isinstance(x, (_Decimal, _Fraction)):
            own = _Decimal if isinstance(x, _Decimal) else _Fraction
            kind = own if kind in (int, own) else float if kind is float and own is _Fraction else _mixed(kind, own)
        elif not isinstance(x, int):
            raise TypeError("can't convert type '%s' to numerator/denominator" % type(x).__name__)
    return kind

def _mixed(a, b):
    raise TypeError("don't know how to coerce %s and %s" % (a.__name__, b.__name__))

def _exact(x):
    return x if isinstance(x, _Fraction) else _Fraction(x)

def _strange(data):
    """Infinite or no number: what the sum of such is; None where all are finite."""
    odd = [x for x in data if isinstance(x, (float, _Decimal)) and (x != x or x in (float('inf'), float('-inf')))]
    return sum(odd) if odd else None

def _sum(data):
    return sum((_exact(x) for x in data), _Fraction(0))

def _convert(value, kind):
    if type(value) is kind:
        return value
    if kind is int:
        return value._numerator if value._denominator == 1 else float(value)
    if kind is _Decimal:
        return _Decimal(value._numerator) / value._denominator
    return kind(value)

def _some(data, name, least=1, words='one data point'):
    data = list(data)
    if len(data) < least:
        raise StatisticsError('%s requires at least %s' % (name, words))
    return data

def mean(data):
    data = _some(data, 'mean')
    kind = _kind(data)
    odd = _strange(data)
    return odd if odd is not None else _convert(_sum(data) / len(data), kind)

def fmean(data, weights=None):
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return _math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    below = _math.fsum(weights)
    if not below:
        raise StatisticsError('sum of weights must be non-zero')
    return _math.fsum(x * w for x, w in zip(data, weights)) / below

def geometric_mean(data):
    data = [float(x) for x in data]
    if not data:
        raise StatisticsError('Must have a non-empty dataset')
    if any(x < 0 for x in data):
        raise StatisticsError('No negative inputs allowed')
    if any(x == 0 for x in data):
        return 0.0
    return _math.exp(_math.fsum(map(_math.log, data)) / len(data))

def harmonic_mean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if len(data) == 1 and weights is None:
        x = data[0]
        if not isinstance(x, (int, float, _Decimal, _Fraction)):
            raise TypeError('unsupported type')
        if x < 0:
            raise StatisticsError('harmonic mean does not support negative values')
        return x
    weights = [1] * len(data) if weights is None else list(weights)
    if len(weights) != len(data):
        raise StatisticsError('Number of weights does not match data size')
    if any(x < 0 for x in data):
        raise StatisticsError('harmonic mean does not support negative values')
    if any(x == 0 for x in data):
        return 0
    parts = [w / x if w else 0 for x, w in zip(data, weights)]
    return _convert(_sum(weights) / _sum(parts), _kind(parts))

def _ordered(data, what='no median for empty data'):
    data = sorted(data)
    if not data:
        raise StatisticsError(what)
    return data
def median(data):
    data = _ordered(data)
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2
def median_low(data):
    data = _ordered(data)
    return data[(len(data) - 1) // 2]
def median_high(data):
    data = _ordered(data)
    return data[len(data) // 2]
def median_grouped(data, interval=1.0):
    data = _ordered(data)
    x = data[len(data) // 2]
    i, j = _left(data, x), _right(data, x)
    low = float(x) - interval / 2.0
    return low + interval * (len(data) / 2 - i) / (j - i)

def mode(data):
    pairs = _Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError('no mode for empty data')
    return pairs[0][0]
def multimode(data):
    counts = _Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]

def quantiles(data, *, n=4, method='exclusive'):
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    if len(data) < 2:
        if len(data) == 1:
            return data * (n - 1)
        raise StatisticsError('must have at least one data point')
    result = []
    if method == 'inclusive':
        m = len(data) - 1
        for i in range(1, n):
            j, rest = divmod(i * m, n)
            result.append((data[j] * (n - rest) + data[j + 1] * rest) / n)
        return result
    if method != 'exclusive':
        raise ValueError('Unknown method: %r' % method)
    m = len(data) + 1
    for i in range(1, n):
        j = min(max(i * m // n, 1), len(data) - 1)
        rest = i * m - j * n
        result.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
    return result

def _squares(data, center):
    if center is None:
        center = _sum(data) / len(data)
    center = _exact(center)
    return sum(((_exact(x) - center) ** 2 for x in data), _Fraction(0))
def _spread(data, center, over, kind):
    odd = _strange(data)
    if odd is not None:
        return float('nan')
    return _convert(_squares(data, center) / over, kind)
def variance(data, xbar=None):
    data = _some(data, 'variance', 2, 'two data points')
    return _spread(data, xbar, len(data) - 1, _kind(data))
def pvariance(data, mu=None):
    data = _some(data, 'pvariance')
    return _spread(data, mu, len(data), _kind(data))
def _root(value, kind):
    if kind is _Decimal:
        return (_Decimal(value._numerator) / value._denominator).sqrt()
    return _float_root(value._numerator, value._denominator)
def _float_root(n, m):
    """The float next to the root of a fraction."""
    if not n:
        return 0.0
    q = (n.bit_length() - m.bit_length() - 109) // 2
    if q >= 0:
        top, below = _odd_root(n, m << 2 * q) << q, 1
    else:
        top, below = _odd_root(n << -2 * q, m), 1 << -q
    return top / below
def _odd_root(n, m):
    a = _math.isqrt(n // m)
    return a | (a * a * m != n)
def stdev(data, xbar=None):
    data = _some(data, 'stdev', 2, 'two data points')
    kind = _kind(data)
    if _strange(data) is not None:
        return float('nan')
    return _root(_squares(data, xbar) / (len(data) - 1), kind)
def pstdev(data, mu=None):
    data = _some(data, 'pstdev')
    kind = _kind(data)
    if _strange(data) is not None:
        return float('nan')
    return _root(_squares(data, mu) / len(data), kind)

def _deviations(x, y, name):
    if len(x) != len(y):
        raise StatisticsError('%s requires that both inputs have same number of data points' % name)
    if len(x) < 2:
        raise StatisticsError('%s requires at least two data points' % name)
    xbar, ybar = _math.fsum(x) / len(x), _math.fsum(y) / len(y)
    return [a - xbar for a in x], [b - ybar for b in y]
def _product(x, y):
    return float(sum((_Fraction(a) * _Fraction(b) for a, b in zip(x, y)), _Fraction(0)))
def covariance(x, y):
    a, b = _deviations(x, y, 'covariance')
    return _product(a, b) / (len(x) - 1)
def _ranks(data):
    """The place of each in order, from one; those that are equal share the middle of theirs."""
    data, ordered = list(data), sorted(data)
    return [(_left(ordered, x) + _right(ordered, x) + 1) / 2 for x in data]
def correlation(x, y, *, method='linear'):
    if method not in ('linear', 'ranked'):
        raise ValueError('Unknown method: %r' % (method,))
    if method == 'ranked':
        x, y = _ranks(x), _ranks(y)
    a, b = _deviations(x, y, 'correlation')
    sxx, syy = _product(a, a), _product(b, b)
    if not sxx or not syy:
        raise StatisticsError('at least one of the inputs is constant')
    return _product(a, b) / _math.sqrt(sxx * syy)
LinearRegression = _namedtuple('LinearRegression', 'slope intercept')
def linear_regression(x, y, *, proportional=False):
    a, b = (x, y) if proportional else _deviations(x, y, 'linear regression')
    sxx = _product(a, a)
    if not sxx:
        raise StatisticsError('x is constant')
    slope = _product(a, b) / sxx
    return LinearRegression(slope, 0.0 if proportional else _math.fsum(y) / len(y) - slope * _math.fsum(x) / len(x))
def NormalDist(mu=0.0, sigma=1.0):
    from _support import refuse
    refuse('statistics.NormalDist')
`
