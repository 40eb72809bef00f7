/** `enum`, in Python. */

export const ENUM = `
from _support import set_class

# A member's value that is known once the class is made, and what is made of such.
class _Later:
    def __or__(self, other):
        return _Combined(lambda a, b: a | b, self, other)
    def __and__(self, other):
        return _Combined(lambda a, b: a & b, self, other)
    def __xor__(self, other):
        return _Combined(lambda a, b: a ^ b, self, other)
    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__
    def _known(self):
        return self.value

class auto(_Later):
    value = None

class _Combined(_Later):
    def __init__(self, how, a, b):
        self._how, self._a, self._b = how, a, b
    def _known(self):
        a, b = [x._known() if isinstance(x, _Later) else x for x in (self._a, self._b)]
        return self._how(a, b)

class _Member:
    def __init__(self, value):
        self.value = value
def member(value):
    return _Member(value)
class nonmember:
    def __init__(self, value):
        self.value = value

def _is_member(name, value):
    if name.startswith('__') and name.endswith('__') or name.startswith('_') and not isinstance(value, auto) and name in ('_generate_next_value_', '_missing_', '_ignore_', '_order_'):
        return False
    return not hasattr(value, '__get__') and not callable(value) and not isinstance(value, (staticmethod, classmethod, _Property))

_Property = property

def _nothing(self, *args, **kwargs):
    pass

class Enum:
    _mixed = None
    def __init_subclass__(cls, **kwargs):
        mixed = [c for c in cls.__mro__ if c in (int, str, float)]
        kind = mixed[0] if mixed else None
        if kind is not None and '_mixed' not in cls.__dict__:
            set_class(cls, '_mixed', kind)
        members = {}
        values = []
        order = [(name, value) for name, value in list(cls.__dict__.items()) if isinstance(value, _Member) or _is_member(name, value)]
        for base in cls.__mro__[1:]:
            if order and base.__dict__.get('_member_map_'):
                raise TypeError('%r cannot extend %r' % (cls, base))
        for name, value in order:
            if isinstance(value, nonmember):
                set_class(cls, name, value.value)
                continue
            if isinstance(value, _Member):
                value = value.value
            if isinstance(value, auto):
                value.value = cls._generate_next_value_(name, 1, len(values), list(values))
            if isinstance(value, _Later):
                value = value._known()
            args = value if isinstance(value, tuple) else (value,)
            own_new = next((c.__dict__['__new__'] for c in cls.__mro__ if '__new__' in c.__dict__ and c not in (int, str, float, object) and c.__dict__['__new__'] is not Enum.__new__), None)
            if own_new is not None:
                made = own_new(cls, *args)
                if not hasattr(made, '_value_'):
                    made._value_ = value
            elif kind is not None:
                made = kind.__new__(cls, *args)
                made._value_ = kind(*args)
            else:
                made = object.__new__(cls)
                made._value_ = value
            same = [m for m in members.values() if m._value_ == made._value_]
            if same:
                members[name] = same[0]
            else:
                made._name_ = name
                made.__objclass__ = cls
                made._sort_order_ = len(values)
                init = next((c.__dict__['__init__'] for c in cls.__mro__ if '__init__' in c.__dict__ and c not in (int, str, float, object) and c.__dict__['__init__'] is not _nothing), None)
                if init is not None:
                    init(made, *args)
                members[name] = made
            values.append(made._value_)
            set_class(cls, name, members[name])
        set_class(cls, '_member_map_', members)
        set_class(cls, '__members__', members)
        # To call the class is to ask for a member, which is there already.
        set_class(cls, '__new__', Enum.__new__)
        set_class(cls, '__init__', _nothing)
        set_class(cls, '_known_', {})
        super().__init_subclass__(**kwargs)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [v for v in last_values if isinstance(v, int)]
        return max(numbers) + 1 if numbers else start

    def __new__(cls, value, *rest, **kwargs):
        for m in cls._member_map_.values():
            if m._value_ == value:
                return m
        found = cls._missing_(value)
        if found is None:
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        return found
    @classmethod
    def _missing_(cls, value):
        return None

    @_Property
    def name(self):
        return self._name_
    @_Property
    def value(self):
        return self._value_
    def __class_iter__(cls):
        return iter(_unique(cls))
    def __class_repr__(cls):
        return "<enum '%s'>" % cls.__name__
    def __class_len__(cls):
        return len(_unique(cls))
    def __class_contains__(cls, value):
        return any(m is value or m._value_ == value for m in cls._member_map_.values())
    @classmethod
    def __class_getitem__(cls, name):
        return cls._member_map_[name]
    def __repr__(self):
        return '<%s.%s: %r>' % (type(self).__name__, self._name_, self._value_)
    def __str__(self):
        return '%s.%s' % (type(self).__name__, self._name_)
    def __format__(self, spec):
        return format(str(self), spec)

class IntEnum(int, Enum):
    _mixed = int
    def __str__(self):
        return str(self._value_)
    def __format__(self, spec):
        return format(self._value_, spec)

class StrEnum(str, Enum):
    _mixed = str
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()
    def __str__(self):
        return self._value_
    def __format__(self, spec):
        return format(self._value_, spec)

class ReprEnum(Enum):
    pass

STRICT, CONFORM, EJECT, KEEP = 'strict', 'conform', 'eject', 'keep'

def _bits(value):
    bit = 1
    while value:
        if value & 1:
            yield bit
        value >>= 1
        bit <<= 1

class Flag(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 1 << max(last_values).bit_length() if last_values else start
    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        every = 0
        for m in cls._member_map_.values():
            every |= m._value_
        if value < 0:
            value = every & value
            for m in cls._member_map_.values():
                if m._value_ == value:
                    return m
        if value & ~every and cls._mixed is not int:
            raise ValueError('%r invalid value %r\\n    given %s\\n  allowed %s' % (cls, value, '0b0 ' + bin(value)[2:], '0b0 ' + bin(every)[2:]))
        made = cls._known_.get(value)
        if made is not None:
            return made
        made = int.__new__(cls, value) if cls._mixed is int else object.__new__(cls)
        cls._known_[value] = made
        names = [m._name_ for m in _unique(cls) if m._value_ and m._value_ & value == m._value_ and len(list(_bits(m._value_))) == 1]
        made._name_ = '|'.join(names) or None
        made._value_ = value
        return made
    def _other(self, other):
        if isinstance(other, type(self)):
            return other._value_
        return other if type(self)._mixed is int and isinstance(other, int) else None
    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ | value)
    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ & value)
    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ ^ value)
    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__
    def __invert__(self):
        return type(self)(~self._value_)
    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_
    def __iter__(self):
        for m in _unique(type(self)):
            if m._value_ and len(list(_bits(m._value_))) == 1 and m._value_ & self._value_:
                yield m
    def __len__(self):
        return len(list(_bits(self._value_)))
    def __bool__(self):
        return bool(self._value_)
    def __repr__(self):
        name = '%s.%s' % (type(self).__name__, self._name_) if self._name_ else type(self).__name__
        return '<%s: %r>' % (name, self._value_)
    def __str__(self):
        return '%s.%s' % (type(self).__name__, self._name_) if self._name_ else '%s(%r)' % (type(self).__name__, self._value_)

class IntFlag(int, Flag):
    _mixed = int
    def __str__(self):
        return str(self._value_)
    def __format__(self, spec):
        return format(self._value_, spec)

class EnumMeta:
    __stands_for__ = Enum
EnumType = EnumMeta

def _unique(cls):
    members = [m for name, m in cls._member_map_.items() if m._name_ == name]
    return [m for m in members if len(list(_bits(m._value_))) == 1] if issubclass(cls, Flag) else members

def unique(cls):
    aliases = [(name, m._name_) for name, m in cls._member_map_.items() if m._name_ != name]
    if aliases:
        raise ValueError('duplicate values found in %r: %s' % (cls, ', '.join('%s -> %s' % pair for pair in aliases)))
    return cls

def global_enum(cls):
    return cls
`
