/** `itertools`, in Python. */

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
