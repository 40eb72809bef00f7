/** `bisect`, `heapq` and `copy`, in Python. */
export const BISECT = `
def bisect_left(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        mid = (lo + hi) // 2
        if (a[mid] if key is None else key(a[mid])) < x:
            lo = mid + 1
        else:
            hi = mid
    return lo
def bisect_right(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        mid = (lo + hi) // 2
        if x < (a[mid] if key is None else key(a[mid])):
            hi = mid
        else:
            lo = mid + 1
    return lo
bisect = bisect_right
def insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)
insort = insort_right
def insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)
`

export const HEAPQ = `
def heappush(heap, item):
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)
def heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _sink(heap, 0)
    return first
def heapreplace(heap, item):
    first, heap[0] = heap[0], item
    _sink(heap, 0)
    return first
def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item
def heapify(heap):
    for at in range(len(heap) // 2 - 1, -1, -1):
        _sink(heap, at)
def _rise(heap, start, at):
    item = heap[at]
    while at > start:
        up = (at - 1) >> 1
        if not item < heap[up]:
            break
        heap[at] = heap[up]
        at = up
    heap[at] = item
def _sink(heap, at):
    # Down to a leaf by the smaller children, and up again from there, as CPython goes.
    start, item, child = at, heap[at], 2 * at + 1
    while child < len(heap):
        right = child + 1
        if right < len(heap) and not heap[child] < heap[right]:
            child = right
        heap[at] = heap[child]
        at, child = child, 2 * child + 1
    heap[at] = item
    _rise(heap, start, at)
def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]
def merge(*iterables, key=None, reverse=False):
    class Next:
        def __init__(self, rank, value, it):
            self.rank, self.value, self.it = rank, value, it
            self.key = value if key is None else key(value)
        def __lt__(self, other):
            a, b = (other, self) if reverse else (self, other)
            if a.key < b.key:
                return True
            return not b.key < a.key and self.rank < other.rank
    heap = []
    for rank, it in enumerate(map(iter, iterables)):
        for value in it:
            heap.append(Next(rank, value, it))
            break
    heapify(heap)
    while heap:
        one = heap[0]
        yield one.value
        for value in one.it:
            heapreplace(heap, Next(one.rank, value, one.it))
            break
        else:
            heappop(heap)
`

export const COPY = `
class Error(Exception):
    pass
error = Error
_ATOMS = (int, float, str, bytes, bool, type(None), type, range, slice, type(...), type(len), type(lambda: 0))

def copy(x):
    cls = type(x)
    if cls in _ATOMS or cls in (tuple, frozenset):
        return x
    if cls in (list, dict, set):
        return x.copy()
    if isinstance(x, type):
        return x
    own = getattr(cls, '__copy__', None)
    if own is not None:
        return own(x)
    return _again(x, lambda value: value)

def deepcopy(x, memo=None):
    memo = {} if memo is None else memo
    if id(x) in memo:
        return memo[id(x)]
    cls = type(x)
    if cls in _ATOMS or isinstance(x, type):
        return x
    if cls is list:
        made = memo[id(x)] = []
        for item in x:
            made.append(deepcopy(item, memo))
        return made
    if cls is dict:
        made = memo[id(x)] = {}
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if cls is tuple:
        made = tuple(deepcopy(item, memo) for item in x)
        return x if all(a is b for a, b in zip(made, x)) else made
    if cls in (set, frozenset):
        return cls(deepcopy(item, memo) for item in x)
    own = getattr(cls, '__deepcopy__', None)
    if own is not None:
        made = memo[id(x)] = own(x, memo)
        return made
    return _again(x, lambda value: deepcopy(value, memo), memo)

def _again(x, part, memo=None):
    """An object of the same class, with what it holds and its attributes."""
    cls = type(x)
    if isinstance(x, BaseException):
        made = cls.__new__(cls, *x.args)
        made.args = x.args
    elif isinstance(x, tuple):
        return cls(*(part(item) for item in x)) if hasattr(x, '_fields') else cls(part(item) for item in x)
    elif isinstance(x, (str, bytes, int, float, frozenset)):
        return x
    elif not hasattr(x, '__dict__') and not hasattr(cls, '__slots__'):
        if hasattr(x, 'copy'):
            made = x.copy()
            return made
        raise TypeError("cannot pickle '%s' object" % cls.__name__)
    else:
        made = cls.__new__(cls)
    if memo is not None:
        memo[id(x)] = made
    if isinstance(x, list):
        made.extend(part(item) for item in x)
    elif isinstance(x, dict):
        for key, value in x.items():
            made[part(key)] = part(value)
    elif isinstance(x, set):
        made.update(part(item) for item in x)
    for name, value in getattr(x, '__dict__', {}).items():
        object.__setattr__(made, name, part(value))
    return made

def replace(obj, /, **changes):
    own = getattr(type(obj), '__replace__', None)
    if own is None and hasattr(obj, '_replace'):
        return obj._replace(**changes)
    if own is None and hasattr(type(obj), '__dataclass_fields__'):
        from dataclasses import replace as changed
        return changed(obj, **changes)
    if own is None:
        raise TypeError('replace() does not support %s objects' % type(obj).__name__)
    return own(obj, **changes)
`
