/**
 * What CPython's classes have. Of what is not there, a name that is listed here is refused instead of being called
 * unknown: no program takes another way (`hasattr`) because of a gap of ours.
 */
import { NotSimulated } from '../syntax/tree.ts'
import type { PyClass } from './values.ts'

const NAMES: Readonly<Record<string, string>> = {
  object:
    '__delattr__ __eq__ __format__ __ge__ __getattribute__ __gt__ __hash__ __init__ __le__ __lt__ __ne__ __new__ ' +
    '__repr__ __setattr__ __str__',
  str:
    '__add__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mod__ __mul__ __rmod__ __rmul__ capitalize ' +
    'casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal ' +
    'isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans ' +
    'partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines ' +
    'startswith strip swapcase title translate upper zfill',
  bytes:
    '__add__ __bytes__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mod__ __mul__ __rmod__ __rmul__ ' +
    'capitalize center count decode endswith expandtabs find fromhex hex index isalnum isalpha isascii isdigit ' +
    'islower isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace ' +
    'rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper ' +
    'zfill',
  int:
    '__abs__ __add__ __and__ __bool__ __ceil__ __divmod__ __float__ __floor__ __floordiv__ __getnewargs__ __index__ ' +
    '__int__ __invert__ __lshift__ __mod__ __mul__ __neg__ __or__ __pos__ __pow__ __radd__ __rand__ __rdivmod__ ' +
    '__rfloordiv__ __rlshift__ __rmod__ __rmul__ __ror__ __round__ __rpow__ __rrshift__ __rshift__ __rsub__ ' +
    '__rtruediv__ __rxor__ __sub__ __truediv__ __trunc__ __xor__ as_integer_ratio bit_count bit_length conjugate ' +
    'denominator from_bytes imag numerator real to_bytes',
  float:
    '__abs__ __add__ __bool__ __ceil__ __divmod__ __float__ __floor__ __floordiv__ __getformat__ __getnewargs__ ' +
    '__int__ __mod__ __mul__ __neg__ __pos__ __pow__ __radd__ __rdivmod__ __rfloordiv__ __rmod__ __rmul__ __round__ ' +
    '__rpow__ __rsub__ __rtruediv__ __sub__ __truediv__ __trunc__ as_integer_ratio conjugate fromhex hex imag ' +
    'is_integer real',
  list:
    '__add__ __class_getitem__ __contains__ __delitem__ __getitem__ __iadd__ __imul__ __iter__ __len__ __mul__ ' +
    '__reversed__ __rmul__ __setitem__ append clear copy count extend index insert pop remove reverse sort',
  dict:
    '__class_getitem__ __contains__ __delitem__ __getitem__ __ior__ __iter__ __len__ __or__ __reversed__ __ror__ ' +
    '__setitem__ clear copy fromkeys get items keys pop popitem setdefault update values',
  set:
    '__and__ __class_getitem__ __contains__ __iand__ __ior__ __isub__ __iter__ __ixor__ __len__ __or__ __rand__ ' +
    '__ror__ __rsub__ __rxor__ __sub__ __xor__ add clear copy difference difference_update discard intersection ' +
    'intersection_update isdisjoint issubset issuperset pop remove symmetric_difference symmetric_difference_update ' +
    'union update',
  frozenset:
    '__and__ __class_getitem__ __contains__ __iter__ __len__ __or__ __rand__ __ror__ __rsub__ __rxor__ __sub__ ' +
    '__xor__ copy difference intersection isdisjoint issubset issuperset symmetric_difference union',
  tuple:
    '__add__ __class_getitem__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mul__ __rmul__ count index',
  range: '__bool__ __contains__ __getitem__ __iter__ __len__ __reversed__ count index start step stop',
  slice: 'indices start step stop',
  generator:
    '__del__ __iter__ __name__ __next__ __qualname__ close gi_code gi_frame gi_running gi_suspended gi_yieldfrom send ' +
    'throw',
  BaseException: '__cause__ __context__ __setstate__ __suppress_context__ __traceback__ add_note args with_traceback',
  type: '__subclasses__ __instancecheck__ __subclasscheck__ __prepare__ __call__ __or__ __basicsize__ __base__',
  datetime:
    '__add__ __radd__ __rsub__ __sub__ astimezone combine ctime date day dst fold fromisocalendar fromisoformat ' +
    'fromordinal fromtimestamp hour isocalendar isoformat isoweekday max microsecond min minute month now replace ' +
    'resolution second strftime strptime time timestamp timetuple timetz today toordinal tzinfo tzname ' +
    'utcfromtimestamp utcnow utcoffset utctimetuple weekday year',
  date:
    '__add__ __radd__ __rsub__ __sub__ ctime day fromisocalendar fromisoformat fromordinal fromtimestamp isocalendar ' +
    'isoformat isoweekday max min month replace resolution strftime timetuple today toordinal weekday year',
  time:
    'dst fold fromisoformat hour isoformat max microsecond min minute replace resolution second strftime tzinfo ' +
    'tzname utcoffset',
  timedelta:
    '__abs__ __add__ __bool__ __divmod__ __floordiv__ __mod__ __mul__ __neg__ __pos__ __radd__ __rdivmod__ ' +
    '__rfloordiv__ __rmod__ __rmul__ __rsub__ __rtruediv__ __sub__ __truediv__ days max microseconds min resolution ' +
    'seconds total_seconds',
  timezone: '__getinitargs__ dst fromutc max min tzname utc utcoffset',
  TextIOWrapper:
    '__del__ __enter__ __exit__ __iter__ __next__ buffer close closed detach encoding errors fileno flush isatty ' +
    'line_buffering name newlines read readable readline readlines reconfigure seek seekable tell truncate writable ' +
    'write write_through writelines',
  StringIO:
    '__del__ __enter__ __exit__ __iter__ __next__ __setstate__ close closed detach encoding errors fileno flush ' +
    'getvalue isatty line_buffering newlines read readable readline readlines seek seekable tell truncate writable ' +
    'write writelines',
  BytesIO:
    '__del__ __enter__ __exit__ __iter__ __next__ __setstate__ close closed detach fileno flush getbuffer getvalue ' +
    'isatty read read1 readable readinto readinto1 readline readlines seek seekable tell truncate writable write ' +
    'writelines',
  BufferedReader:
    '__del__ __enter__ __exit__ __iter__ __next__ close closed detach fileno flush isatty mode name peek raw read ' +
    'read1 readable readinto readinto1 readline readlines seek seekable tell truncate writable write writelines',
  BufferedWriter:
    '__del__ __enter__ __exit__ __iter__ __next__ close closed detach fileno flush isatty mode name raw read read1 ' +
    'readable readinto readinto1 readline readlines seek seekable tell truncate writable write writelines',
  Pattern:
    '__class_getitem__ __copy__ __deepcopy__ findall finditer flags fullmatch groupindex groups match pattern scanner ' +
    'search split sub subn',
  Match:
    '__class_getitem__ __copy__ __deepcopy__ __getitem__ end endpos expand group groupdict groups lastgroup lastindex ' +
    'pos re regs span start string',
  Counter:
    '__add__ __and__ __class_getitem__ __contains__ __delitem__ __getitem__ __iadd__ __iand__ __ior__ __isub__ ' +
    '__iter__ __len__ __missing__ __neg__ __or__ __pos__ __reversed__ __ror__ __setitem__ __sub__ clear copy elements ' +
    'fromkeys get items keys most_common pop popitem setdefault subtract total update values',
  OrderedDict:
    '__class_getitem__ __contains__ __delitem__ __getitem__ __ior__ __iter__ __len__ __or__ __reversed__ __ror__ ' +
    '__setitem__ clear copy fromkeys get items keys move_to_end pop popitem setdefault update values',
  defaultdict:
    '__class_getitem__ __contains__ __copy__ __delitem__ __getitem__ __ior__ __iter__ __len__ __missing__ __or__ ' +
    '__reversed__ __ror__ __setitem__ clear copy default_factory fromkeys get items keys pop popitem setdefault ' +
    'update values',
  deque:
    '__add__ __class_getitem__ __contains__ __copy__ __delitem__ __getitem__ __iadd__ __imul__ __iter__ __len__ ' +
    '__mul__ __reversed__ __rmul__ __setitem__ append appendleft clear copy count extend extendleft index insert ' +
    'maxlen pop popleft remove reverse rotate',
  Path:
    '__bytes__ __enter__ __exit__ __fspath__ __rtruediv__ __truediv__ absolute anchor as_posix as_uri chmod cwd drive ' +
    'exists expanduser glob group hardlink_to home is_absolute is_block_device is_char_device is_dir is_fifo is_file ' +
    'is_mount is_relative_to is_reserved is_socket is_symlink iterdir joinpath lchmod link_to lstat match mkdir name ' +
    'open owner parent parents parts read_bytes read_text readlink relative_to rename replace resolve rglob rmdir ' +
    'root samefile stat stem suffix suffixes symlink_to touch unlink with_name with_stem with_suffix write_bytes ' +
    'write_text',
  Logger:
    'addFilter addHandler callHandlers critical debug error exception fatal filter findCaller getChild ' +
    'getEffectiveLevel handle hasHandlers info isEnabledFor log makeRecord manager removeFilter removeHandler root ' +
    'setLevel warn warning',
  Handler:
    'acquire addFilter close createLock emit filter flush format get_name handle handleError name release ' +
    'removeFilter setFormatter setLevel set_name',
  ArgumentParser:
    'add_argument add_argument_group add_mutually_exclusive_group add_subparsers convert_arg_line_to_args error exit ' +
    'format_help format_usage get_default parse_args parse_intermixed_args parse_known_args ' +
    'parse_known_intermixed_args print_help print_usage register set_defaults',
}

const known = new Map<string, ReadonlySet<string>>()

function namesOf(cls: PyClass): ReadonlySet<string> {
  // Classes that are written in C are called by their module, too.
  const name = cls.name.slice(cls.name.lastIndexOf('.') + 1)
  let names = known.get(name)
  if (!names) known.set(name, (names = new Set(Object.hasOwn(NAMES, name) ? NAMES[name]!.split(' ') : [])))
  return names
}

/** @param classes an object's own first. @throws NotSimulated for what one of them has in CPython and not here */
export function refuseKnown(classes: readonly PyClass[], name: string): void {
  for (const cls of classes)
    if (cls.module !== '__main__' && namesOf(cls).has(name)) throw new NotSimulated(`${cls.name}.${name}`)
}
