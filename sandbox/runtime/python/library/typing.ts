/** `abc` and `typing`, in Python: what classes promise. */

export const ABC = `
class ABC:
    __abstract__ = True

class ABCMeta:
    __stands_for__ = ABC

def abstractmethod(fn):
    fn.__isabstractmethod__ = True
    return fn
`

export const TYPING = `
class _Form:
    def __init__(self, name):
        self._name = name
    def __getitem__(self, item):
        return self
    def __or__(self, other):
        return self
    def __ror__(self, other):
        return self
    def __call__(self, *args, **kwargs):
        return self
    def __repr__(self):
        return 'typing.' + self._name

Any = _Form('Any')
Union = _Form('Union')
Optional = _Form('Optional')
Callable = _Form('Callable')
Iterable = _Form('Iterable')
Iterator = _Form('Iterator')
Generator = _Form('Generator')
Sequence = _Form('Sequence')
Mapping = _Form('Mapping')
List = _Form('List')
Dict = _Form('Dict')
Set = _Form('Set')
Tuple = _Form('Tuple')
Type = _Form('Type')
Literal = _Form('Literal')
Final = _Form('Final')
ClassVar = _Form('ClassVar')
NoReturn = _Form('NoReturn')
Self = _Form('Self')
AnyStr = _Form('AnyStr')
Annotated = _Form('Annotated')
TYPE_CHECKING = False

def TypeVar(name, *args, **kwargs):
    return _Form(name)

def cast(kind, value):
    return value

def overload(fn):
    return fn

class Generic:
    def __class_getitem__(cls, item):
        return cls

class Protocol:
    def __class_getitem__(cls, item):
        return cls

class NamedTuple:
    def __init_subclass__(cls):
        if NamedTuple not in cls.__bases__:
            return
        from _support import become
        from _collections import namedtuple
        names = list(cls.__dict__.get('__annotations__', {}))
        defaults = [cls.__dict__[name] for name in names if name in cls.__dict__]
        late = [name for name in names if name in cls.__dict__]
        for before, after in zip(names, names[1:]):
            if before in late and after not in late:
                raise TypeError('non-default namedtuple field %s cannot follow default field %s' % (after, before))
        become(cls, namedtuple(cls.__name__, names, defaults=defaults), names)

class TypedDict(dict):
    def __init_subclass__(cls, total=True):
        pass
`
