/** `collections`, `functools`, `itertools`, `operator`, in Python. */

export const COLLECTIONS = `
from _collections import deque, namedtuple

class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **kwargs):
        self.default_factory = default_factory
        super().__init__(*args, **kwargs)
    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value
    def __repr__(self):
        return 'defaultdict(%r, %s)' % (self.default_factory, dict(self))

class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            rest = list(self.items())
            self.clear()
            self[key] = value
            self.update(rest)
    def popitem(self, last=True):
        if last:
            return super().popitem()
        key = next(iter(self))
        return key, self.pop(key)
    def __repr__(self):
        return 'OrderedDict(%s)' % (dict(self) if self else '')

class Counter(dict):
    def __init__(self, iterable=None, **kwargs):
        super().__init__()
        self.update(iterable, **kwargs)
    def __missing__(self, key):
        return 0
    def update(self, iterable=None, **kwargs):
        if iterable is not None:
            if isinstance(iterable, dict):
                for key, count in iterable.items():
                    self[key] = self[key] + count
            else:
                for key in iterable:
                    self[key] = self[key] + 1
        for key, count in kwargs.items():
            self[key] = self[key] + count
    def subtract(self, iterable):
        for key, count in (iterable.items() if isinstance(iterable, dict) else [(k, 1) for k in iterable]):
            self[key] = self[key] - count
    def most_common(self, n=None):
        items = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return items if n is None else items[:n]
    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key
    def total(self):
        return sum(self.values())
    def __add__(self, other):
        result = Counter()
        for source in (self, other):
            for key, count in source.items():
                result[key] += count
        return Counter({k: c for k, c in result.items() if c > 0})
    def __sub__(self, other):
        return Counter({k: c - other[k] for k, c in self.items() if c - other[k] > 0})
    def __repr__(self):
        if not self:
            return 'Counter()'
        return 'Counter({%s})' % ', '.join('%r: %r' % item for item in self.most_common())

class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]
    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)
    def get(self, key, default=None):
        return self[key] if key in self else default
    def __contains__(self, key):
        return any(key in m for m in self.maps)
    def __setitem__(self, key, value):
        self.maps[0][key] = value
`

export const FUNCTOOLS = `
WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__')

def update_wrapper(wrapper, wrapped):
    for name in WRAPPER_ASSIGNMENTS:
        if hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    wrapper.__wrapped__ = wrapped
    return wrapper

def wraps(wrapped):
    return lambda wrapper: update_wrapper(wrapper, wrapped)

class partial:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords
    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

_missing = object()

def reduce(function, iterable, initial=_missing):
    it = iter(iterable)
    if initial is _missing:
        try:
            value = next(it)
        except StopIteration:
            raise TypeError('reduce() of empty iterable with no initial value') from None
    else:
        value = initial
    for item in it:
        value = function(value, item)
    return value

def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128)
    return lambda fn: _cached(fn, maxsize)

def cache(fn):
    return _cached(fn, None)

from _collections import namedtuple
_CacheInfo = namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])

def _cached(fn, maxsize):
    known = {}
    counts = [0, 0]
    def wrapper(*args, **kwargs):
        key = (args, tuple(kwargs.items())) if kwargs else args
        if key in known:
            counts[0] += 1
            value = known.pop(key)
            known[key] = value
            return value
        counts[1] += 1
        value = fn(*args, **kwargs)
        known[key] = value
        if maxsize is not None and len(known) > maxsize:
            del known[next(iter(known))]
        return value
    update_wrapper(wrapper, fn)
    wrapper.cache_info = lambda: _CacheInfo(counts[0], counts[1], maxsize, len(known))
    wrapper.cache_clear = known.clear
    return wrapper

def total_ordering(cls):
    lt = cls.__lt__
    if '__gt__' not in cls.__dict__:
        cls.__gt__ = lambda self, other: not (self < other or self == other)
    if '__le__' not in cls.__dict__:
        cls.__le__ = lambda self, other: self < other or self == other
    if '__ge__' not in cls.__dict__:
        cls.__ge__ = lambda self, other: not self < other
    return cls

class cached_property:
    def __init__(self, func):
        self.func = func
        self.name = func.__name__
    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.func(instance)
        setattr(instance, self.name, value)
        return value

def cmp_to_key(compare):
    class K:
        def __init__(self, obj):
            self.obj = obj
        def __lt__(self, other):
            return compare(self.obj, other.obj) < 0
        def __eq__(self, other):
            return compare(self.obj, other.obj) == 0
    return K
`

export const ITERTOOLS = `
def count(start=0, step=1):
    n = start
    while True:
        yield n
        n += step

def cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        for item in saved:
            yield item

def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object

class chain:
    def __init__(self, *iterables):
        self._it = _chained(iterables)
    def __iter__(self):
        return self._it
    def __next__(self):
        return next(self._it)
    @classmethod
    def from_iterable(cls, iterables):
        self = cls()
        self._it = _chained(iterables)
        return self

def _chained(iterables):
    for iterable in iterables:
        for item in iterable:
            yield item

def islice(iterable, *args):
    start, stop, step = (0, args[0], 1) if len(args) == 1 else (args[0] or 0, args[1], args[2] if len(args) > 2 and args[2] else 1)
    if stop is not None and stop <= 0:
        return
    wanted = start
    for at, item in enumerate(iterable):
        if stop is not None and at >= stop:
            return
        if at == wanted:
            yield item
            wanted += step
        if stop is not None and at + 1 >= stop:
            return

def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item

def dropwhile(predicate, iterable):
    dropping = True
    for item in iterable:
        if dropping and predicate(item):
            continue
        dropping = False
        yield item

def filterfalse(predicate, iterable):
    for item in iterable:
        if not (predicate(item) if predicate else item):
            yield item

def accumulate(iterable, func=None, *, initial=None):
    it = iter(iterable)
    total = initial
    if initial is None:
        for total in it:
            break
        else:
            return
    yield total
    for item in it:
        total = total + item if func is None else func(total, item)
        yield total

def starmap(function, iterable):
    for args in iterable:
        yield function(*args)

def zip_longest(*iterables, fillvalue=None):
    its = [iter(i) for i in iterables]
    left = len(its)
    while left:
        row = []
        for at, it in enumerate(its):
            item = _over if it is None else next(it, _over)
            if item is _over:
                if it is not None:
                    its[at] = None
                    left -= 1
                    if not left:
                        return
                item = fillvalue
            row.append(item)
        yield tuple(row)

_over = object()

def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    if not all(pools):
        return iter(())
    return _product(pools)

def _product(pools):
    at = [0] * len(pools)
    while True:
        yield tuple(pool[i] for pool, i in zip(pools, at))
        for place in range(len(pools) - 1, -1, -1):
            at[place] += 1
            if at[place] < len(pools[place]):
                break
            at[place] = 0
        else:
            return

def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    if r > len(pool):
        return iter(())
    def pick(taken):
        if len(taken) == r:
            yield tuple(pool[i] for i in taken)
            return
        for i in range(len(pool)):
            if i not in taken:
                yield from pick(taken + [i])
    return pick([])

def combinations(iterable, r):
    pool = tuple(iterable)
    def pick(start, taken):
        if len(taken) == r:
            yield tuple(taken)
            return
        for i in range(start, len(pool) - r + len(taken) + 1):
            yield from pick(i + 1, taken + [pool[i]])
    return pick(0, [])

def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    def pick(start, taken):
        if len(taken) == r:
            yield tuple(taken)
            return
        for i in range(start, len(pool)):
            yield from pick(i, taken + [pool[i]])
    return pick(0, [])

def groupby(iterable, key=None):
    group = []
    last = None
    for item in iterable:
        k = item if key is None else key(item)
        if group and k != last:
            yield last, iter(group)
            group = []
        last = k
        group.append(item)
    if group:
        yield last, iter(group)

def pairwise(iterable):
    before = None
    first = True
    for item in iterable:
        if not first:
            yield before, item
        before, first = item, False

def batched(iterable, n):
    batch = []
    for item in iterable:
        batch.append(item)
        if len(batch) == n:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)

def tee(iterable, n=2):
    it = iter(iterable)
    saved = []
    def read():
        at = 0
        while True:
            if at == len(saved):
                try:
                    saved.append(next(it))
                except StopIteration:
                    return
            yield saved[at]
            at += 1
    return tuple(read() for _ in range(n))

def compress(data, selectors):
    return (d for d, s in zip(data, selectors) if s)
`

export const OPERATOR = `
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def neg(a): return -a
def not_(a): return not a
def eq(a, b): return a == b
def ne(a, b): return a != b
def lt(a, b): return a < b
def le(a, b): return a <= b
def gt(a, b): return a > b
def ge(a, b): return a >= b
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def contains(a, b): return b in a
def getitem(a, b): return a[b]
def itemgetter(*items):
    if len(items) == 1:
        item = items[0]
        return lambda obj: obj[item]
    return lambda obj: tuple(obj[i] for i in items)
def attrgetter(*attrs):
    def one(obj, path):
        for name in path.split('.'):
            obj = getattr(obj, name)
        return obj
    if len(attrs) == 1:
        return lambda obj: one(obj, attrs[0])
    return lambda obj: tuple(one(obj, a) for a in attrs)
def methodcaller(name, *args, **kwargs):
    return lambda obj: getattr(obj, name)(*args, **kwargs)
`
