/** `collections`, `functools`, `operator`, in Python. */

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
    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = defaultdict(self.default_factory, self)
        made.update(other)
        return made
    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = defaultdict(self.default_factory, other)
        made.update(self)
        return made

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
        result = Counter({k: c - other[k] for k, c in self.items() if c - other[k] > 0})
        for key, count in other.items():
            if key not in self and count < 0:
                result[key] = -count
        return result
    def __or__(self, other):
        result = Counter({k: max(c, other[k]) for k, c in self.items() if max(c, other[k]) > 0})
        for key, count in other.items():
            if key not in self and count > 0:
                result[key] = count
        return result
    def __and__(self, other):
        return Counter({k: min(c, other[k]) for k, c in self.items() if min(c, other[k]) > 0})
    def __pos__(self):
        return Counter({k: c for k, c in self.items() if c > 0})
    def __neg__(self):
        return Counter({k: -c for k, c in self.items() if c < 0})
    def __delitem__(self, key):
        if key in self:
            super().__delitem__(key)
    def copy(self):
        return Counter(self)
    def __repr__(self):
        if not self:
            return 'Counter()'
        return 'Counter({%s})' % ', '.join('%r: %r' % item for item in self.most_common())

class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]
    def __missing__(self, key):
        raise KeyError(key)
    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        return self.__missing__(key)
    def get(self, key, default=None):
        return self[key] if key in self else default
    def __len__(self):
        return len(set().union(*self.maps))
    def __iter__(self):
        names = {}
        for mapping in reversed(self.maps):
            for key in mapping:
                names[key] = None
        return iter(names)
    def __contains__(self, key):
        return any(key in m for m in self.maps)
    def __bool__(self):
        return any(self.maps)
    def __repr__(self):
        return 'ChainMap(%s)' % ', '.join(map(repr, self.maps))
    def __eq__(self, other):
        return dict(self.items()) == (dict(other.items()) if isinstance(other, ChainMap) else other)
    def keys(self):
        return {key: None for key in self}.keys()
    def values(self):
        return [self[key] for key in self]
    def items(self):
        return {key: self[key] for key in self}.items()
    def copy(self):
        return ChainMap(self.maps[0].copy(), *self.maps[1:])
    def new_child(self, m=None, **kwargs):
        return ChainMap({**(m or {}), **kwargs} if m is None or kwargs else m, *self.maps)
    @property
    def parents(self):
        return ChainMap(*self.maps[1:])
    def __setitem__(self, key, value):
        self.maps[0][key] = value
    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]
    def update(self, other=(), /, **kwargs):
        self.maps[0].update(other, **kwargs)
    def __delitem__(self, key):
        if key not in self.maps[0]:
            raise KeyError('Key not found in the first mapping: %r' % (key,))
        del self.maps[0][key]
    def pop(self, key, *args):
        if key not in self.maps[0] and not args:
            raise KeyError('Key not found in the first mapping: %r' % (key,))
        return self.maps[0].pop(key, *args)
    def clear(self):
        self.maps[0].clear()
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
