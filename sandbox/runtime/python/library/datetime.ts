/** `datetime`, in Python; times are UTC. */

export const DATETIME = `
from _support import now_ms, utc, written_in_c, fields, strftime as _format, strptime as _parse

MINYEAR = 1
MAXYEAR = 9999
_DAY = 86400000

class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = round((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60000000 + seconds * 1000000 + milliseconds * 1000 + microseconds)
        self._us = total
        self.days, rest = divmod(total, 86400000000)
        self.seconds, self.microseconds = divmod(rest, 1000000)
    def total_seconds(self):
        return self._us / 1000000
    def _of(self, us):
        return timedelta(microseconds=us)
    def __add__(self, other):
        if isinstance(other, timedelta):
            return self._of(self._us + other._us)
        return NotImplemented
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._of(self._us - other._us)
        return NotImplemented
    def __neg__(self):
        return self._of(-self._us)
    def __abs__(self):
        return self._of(abs(self._us))
    def __mul__(self, n):
        return self._of(round(self._us * n))
    __rmul__ = __mul__
    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us / other._us
        return self._of(round(self._us / other))
    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us // other._us
        return self._of(self._us // other)
    def __mod__(self, other):
        return self._of(self._us % other._us)
    def __eq__(self, other):
        return isinstance(other, timedelta) and self._us == other._us
    def __lt__(self, other):
        return self._us < other._us
    def __le__(self, other):
        return self._us <= other._us
    def __gt__(self, other):
        return self._us > other._us
    def __ge__(self, other):
        return self._us >= other._us
    def __bool__(self):
        return self._us != 0
    def __hash__(self):
        return hash(self._us)
    def __str__(self):
        mm, ss = divmod(self.seconds, 60)
        hh, mm = divmod(mm, 60)
        s = '%d:%02d:%02d' % (hh, mm, ss)
        if self.days:
            s = '%d day%s, ' % (self.days, '' if abs(self.days) == 1 else 's') + s
        if self.microseconds:
            s += '.%06d' % self.microseconds
        return s
    def __repr__(self):
        parts = ['%s=%d' % (n, getattr(self, n)) for n in ('days', 'seconds', 'microseconds') if getattr(self, n)]
        return 'datetime.timedelta(%s)' % (', '.join(parts) or '0')

class tzinfo:
    pass

class timezone(tzinfo):
    def __init__(self, offset, name=None):
        self._offset = offset
        self._name = name
    def utcoffset(self, dt):
        return self._offset
    def tzname(self, dt):
        if self._name:
            return self._name
        minutes = self._minutes()
        return 'UTC' if not minutes else 'UTC' + _zone(minutes, ':')
    def _minutes(self):
        return self._offset._us // 60000000
    def __eq__(self, other):
        return isinstance(other, timezone) and self._offset == other._offset
    def __hash__(self):
        return hash(self._offset)
    def __str__(self):
        return self.tzname(None)
    def __repr__(self):
        return 'datetime.timezone.utc' if self is timezone.utc else 'datetime.timezone(%r)' % self._offset

def _zone(minutes, by):
    sign = '-' if minutes < 0 else '+'
    return '%s%02d%s%02d' % (sign, abs(minutes) // 60, by, abs(minutes) % 60)

timezone.utc = timezone(timedelta(0))
UTC = timezone.utc

def _check(year, month, day):
    if not 1 <= year <= 9999:
        raise ValueError('year %d is out of range' % year)
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if day < 1 or fields(utc(year, month, day))[1] != month or day > 31:
        raise ValueError('day is out of range for month')

class date:
    def __init__(self, year, month, day):
        _check(year, month, day)
        self.year, self.month, self.day = year, month, day
    @classmethod
    def today(cls):
        return cls(*fields(now_ms())[:3])
    @classmethod
    def fromisoformat(cls, text):
        try:
            y, m, d = text.split('-')
            return cls(int(y), int(m), int(d))
        except ValueError:
            raise ValueError('Invalid isoformat string: %r' % text) from None
    @classmethod
    def fromtimestamp(cls, t):
        return cls(*fields(int(t * 1000))[:3])
    def _ms(self):
        return utc(self.year, self.month, self.day)
    def weekday(self):
        return fields(self._ms())[6]
    def isoweekday(self):
        return self.weekday() + 1
    def toordinal(self):
        return self._ms() // _DAY + 719163
    def timetuple(self):
        import time
        return time.gmtime(self._ms() / 1000)
    def isoformat(self):
        return '%04d-%02d-%02d' % (self.year, self.month, self.day)
    def strftime(self, fmt):
        return _format(fmt, self._ms(), 0, '', None)
    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)
    def replace(self, year=None, month=None, day=None):
        return date(year or self.year, month or self.month, day or self.day)
    def __add__(self, other):
        if isinstance(other, timedelta):
            return date(*fields(self._ms() + other.days * _DAY)[:3])
        return NotImplemented
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return date(*fields(self._ms() - other.days * _DAY)[:3])
        if isinstance(other, date):
            return timedelta(days=(self._ms() - other._ms()) // _DAY)
        return NotImplemented
    def __eq__(self, other):
        return isinstance(other, date) and not isinstance(other, datetime) and self._ms() == other._ms()
    def __lt__(self, other):
        return self._ms() < other._ms()
    def __le__(self, other):
        return self._ms() <= other._ms()
    def __gt__(self, other):
        return self._ms() > other._ms()
    def __ge__(self, other):
        return self._ms() >= other._ms()
    def __hash__(self):
        return hash(self._ms())
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        return 'datetime.date(%d, %d, %d)' % (self.year, self.month, self.day)

class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo
    def isoformat(self, timespec='auto'):
        s = '%02d:%02d:%02d' % (self.hour, self.minute, self.second)
        return s + ('.%06d' % self.microsecond if self.microsecond else '')
    def strftime(self, fmt):
        return _format(fmt, utc(1900, 1, 1, self.hour, self.minute, self.second), self.microsecond, '', None)
    def _key(self):
        return (self.hour, self.minute, self.second, self.microsecond)
    def __eq__(self, other):
        return isinstance(other, time) and self._key() == other._key()
    def __lt__(self, other):
        return self._key() < other._key()
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        return 'datetime.time(%s)' % ', '.join(str(n) for n in (self._key() if self.microsecond else self._key()[:3] if self.second else self._key()[:2]))

class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        _check(year, month, day)
        for name, value, limit in (('hour', hour, 23), ('minute', minute, 59), ('second', second, 59)):
            if not 0 <= value <= limit:
                raise ValueError('%s must be in 0..%d' % (name, limit))
        self.year, self.month, self.day = year, month, day
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo
    @classmethod
    def _from(cls, us, tz=None):
        ms, rest = divmod(us, 1000)
        y, mo, d, h, mi, s, _ = fields(ms)
        return cls(y, mo, d, h, mi, s, (ms % 1000) * 1000 + rest, tz)
    @classmethod
    def now(cls, tz=None):
        us = round(now_ms() * 1000)
        return cls._from(us + (tz._minutes() * 60000000 if tz else 0), tz)
    @classmethod
    def today(cls):
        return cls.now()
    @classmethod
    def utcnow(cls):
        return cls.now()
    @classmethod
    def fromtimestamp(cls, t, tz=None):
        us = round(t * 1000000)
        return cls._from(us + (tz._minutes() * 60000000 if tz else 0), tz)
    @classmethod
    def utcfromtimestamp(cls, t):
        return cls.fromtimestamp(t)
    @classmethod
    def strptime(cls, text, fmt):
        ms, us, offset = _parse(text, fmt)
        return cls._from(ms * 1000 + us, None if offset is None else timezone(timedelta(minutes=offset)) if offset else timezone.utc)
    @classmethod
    def fromisoformat(cls, text):
        plain = text.replace('T', ' ')
        for fmt in ('%Y-%m-%d %H:%M:%S.%f%z', '%Y-%m-%d %H:%M:%S%z', '%Y-%m-%d %H:%M:%S.%f', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d'):
            try:
                return cls.strptime(plain, fmt)
            except ValueError:
                pass
        raise ValueError('Invalid isoformat string: %r' % text)
    @classmethod
    def combine(cls, day, t):
        return cls(day.year, day.month, day.day, t.hour, t.minute, t.second, t.microsecond, t.tzinfo)
    def _ms(self):
        return utc(self.year, self.month, self.day, self.hour, self.minute, self.second)
    def _us(self):
        offset = self.tzinfo.utcoffset(self)._us if self.tzinfo else 0
        return self._ms() * 1000 + self.microsecond - offset
    def timestamp(self):
        return self._us() / 1000000
    def utcoffset(self):
        return self.tzinfo.utcoffset(self) if self.tzinfo else None
    def tzname(self):
        return self.tzinfo.tzname(self) if self.tzinfo else None
    def astimezone(self, tz=None):
        tz = tz or timezone.utc
        return datetime._from(self._us() + tz._minutes() * 60000000, tz)
    def date(self):
        return date(self.year, self.month, self.day)
    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)
    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True):
        pick = lambda value, own: own if value is None else value
        return datetime(pick(year, self.year), pick(month, self.month), pick(day, self.day), pick(hour, self.hour), pick(minute, self.minute), pick(second, self.second), pick(microsecond, self.microsecond), self.tzinfo if tzinfo is True else tzinfo)
    def isoformat(self, sep='T', timespec='auto'):
        s = '%04d-%02d-%02d%s%02d:%02d' % (self.year, self.month, self.day, sep, self.hour, self.minute)
        if timespec != 'minutes':
            s += ':%02d' % self.second
            if timespec == 'milliseconds':
                s += '.%03d' % (self.microsecond // 1000)
            elif timespec == 'microseconds' or (timespec == 'auto' and self.microsecond):
                s += '.%06d' % self.microsecond
        if self.tzinfo:
            s += _zone(self.tzinfo._minutes(), ':')
        return s
    def strftime(self, fmt):
        return _format(fmt, self._ms(), self.microsecond, self.tzname() or '', self.tzinfo._minutes() if self.tzinfo else None)
    def ctime(self):
        return self.strftime('%a %b %e %H:%M:%S %Y')
    def _same(self, other):
        if (self.tzinfo is None) != (other.tzinfo is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return other._us()
    def __add__(self, other):
        if isinstance(other, timedelta):
            return datetime._from(self._ms() * 1000 + self.microsecond + other._us, self.tzinfo)
        return NotImplemented
    __radd__ = __add__
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if isinstance(other, datetime):
            if (self.tzinfo is None) != (other.tzinfo is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            return timedelta(microseconds=self._us() - other._us())
        return NotImplemented
    def __eq__(self, other):
        return isinstance(other, datetime) and (self.tzinfo is None) == (other.tzinfo is None) and self._us() == other._us()
    def __lt__(self, other):
        return self._us() < self._same(other)
    def __le__(self, other):
        return self._us() <= self._same(other)
    def __gt__(self, other):
        return self._us() > self._same(other)
    def __ge__(self, other):
        return self._us() >= self._same(other)
    def __hash__(self):
        return hash(self._us())
    def __str__(self):
        return self.isoformat(' ')
    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        tail = ', tzinfo=%r' % self.tzinfo if self.tzinfo else ''
        return 'datetime.datetime(%s%s)' % (', '.join(str(p) for p in parts), tail)

date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
for _cls in (timedelta, tzinfo, timezone, date, time, datetime):
    written_in_c(_cls)
`
