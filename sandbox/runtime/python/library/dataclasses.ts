/** `dataclasses`, in Python. */

export const DATACLASSES = `
from _support import refuse, set_class

class _MISSING_TYPE:
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object>'

MISSING = _MISSING_TYPE()

class FrozenInstanceError(AttributeError):
    pass

class Field:
    def __init__(self, default, default_factory, init, repr, compare, kw_only=MISSING):
        self.kw_only = kw_only
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare

def _is_class_var(kind):
    text = kind if isinstance(kind, str) else repr(kind)
    return text.removeprefix('typing.').split('[')[0] == 'ClassVar'

def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    return Field(default, default_factory, init, repr, compare, kw_only)

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, slots=False, kw_only=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, frozen, kw_only)
    return wrap if cls is None else wrap(cls)

def _process(cls, init, repr_, eq, order, frozen, kw_only):
    all_fields = {}
    for base in cls.__mro__[-1:0:-1]:
        for f in getattr(base, '__dataclass_fields__', {}).values():
            all_fields[f.name] = f
    own = cls.__dict__.get('__annotations__', {})
    for name, kind in own.items():
        if _is_class_var(kind):
            continue
        default = cls.__dict__.get(name, MISSING)
        f = default if isinstance(default, Field) else Field(default, MISSING, True, True, True)
        if isinstance(f.default, (list, dict, set)):
            raise ValueError(f"mutable default {type(f.default)} for field {name} is not allowed: use default_factory")
        f.name = name
        f.type = kind
        if f.kw_only is MISSING:
            f.kw_only = kw_only
        all_fields[name] = f
        if f.default is not MISSING:
            setattr(cls, name, f.default)
        elif isinstance(default, Field):
            delattr(cls, name)
    fields_ = list(all_fields.values())
    qualname = cls.__qualname__
    set_class(cls, '__dataclass_fields__', all_fields)
    set_class(cls, '__match_args__', tuple(f.name for f in fields_ if f.init and not f.kw_only))
    seen = None
    for f in fields_:
        if not f.init or f.kw_only:
            continue
        if f.default is MISSING and f.default_factory is MISSING:
            if seen:
                raise TypeError(f"non-default argument {f.name!r} follows default argument {seen!r}")
        else:
            seen = f.name

    def __init__(self, *args, **kwargs):
        wanted = [f for f in fields_ if f.init and not f.kw_only]
        if len(args) > len(wanted):
            least = sum(f.default is MISSING and f.default_factory is MISSING for f in wanted)
            takes = f"{len(wanted) + 1} positional argument{'s' if wanted else ''}" if least == len(wanted) else f"from {least + 1} to {len(wanted) + 1} positional arguments"
            named = sum(all_fields[name].kw_only for name in kwargs if name in all_fields)
            beside = f" positional arguments (and {named} keyword-only argument{'s' if named > 1 else ''})" if named else ''
            raise TypeError(f"{qualname}.__init__() takes {takes} but {len(args) + 1}{beside} were given")
        for name in kwargs:
            if name not in all_fields:
                raise TypeError(f"{qualname}.__init__() got an unexpected keyword argument '{name}'")
        given = {f.name: value for f, value in zip(wanted, args)}
        for name, value in kwargs.items():
            if name in given:
                raise TypeError(f"{qualname}.__init__() got multiple values for argument '{name}'")
            given[name] = value
        missing = []
        named = []
        for f in fields_:
            if f.name in given:
                value = given[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            else:
                if f.init:
                    (named if f.kw_only else missing).append(repr(f.name))
                continue
            object.__setattr__(self, f.name, value)
        kind = 'positional' if missing else 'keyword-only'
        missing = missing or named
        if missing:
            names = ' and '.join(missing) if len(missing) < 3 else ', '.join(missing[:-1]) + ', and ' + missing[-1]
            raise TypeError(f"{qualname}.__init__() missing {len(missing)} required {kind} argument{'s' if len(missing) > 1 else ''}: {names}")
        if hasattr(self, '__post_init__'):
            self.__post_init__()

    def __repr__(self):
        return type(self).__qualname__ + '(' + ', '.join(f"{f.name}={getattr(self, f.name)!r}" for f in fields_ if f.repr) + ')'

    def key(self):
        return tuple(getattr(self, f.name) for f in fields_ if f.compare)

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return key(self) == key(other)

    if init and '__init__' not in cls.__dict__:
        cls.__init__ = __init__
    if repr_ and '__repr__' not in cls.__dict__:
        cls.__repr__ = __repr__
    if eq and '__eq__' not in cls.__dict__:
        cls.__eq__ = __eq__
    if order:
        cls.__lt__ = lambda self, other: key(self) < key(other)
        cls.__le__ = lambda self, other: key(self) <= key(other)
        cls.__gt__ = lambda self, other: key(self) > key(other)
        cls.__ge__ = lambda self, other: key(self) >= key(other)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        cls.__setattr__ = __setattr__
        cls.__hash__ = lambda self: hash(key(self))
    return cls

def fields(cls):
    return tuple(cls.__dataclass_fields__.values())

def is_dataclass(obj):
    return hasattr(obj, '__dataclass_fields__')

def asdict(obj):
    if is_dataclass(obj):
        return {f.name: asdict(getattr(obj, f.name)) for f in fields(obj)}
    if isinstance(obj, (list, tuple)):
        return type(obj)(asdict(item) for item in obj)
    if isinstance(obj, dict):
        return {key: asdict(value) for key, value in obj.items()}
    return obj

def astuple(obj):
    return tuple(getattr(obj, f.name) for f in fields(obj))

def replace(obj, **changes):
    values = {f.name: getattr(obj, f.name) for f in fields(obj) if f.init}
    values.update(changes)
    return type(obj)(**values)
`
