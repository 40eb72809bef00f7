/** `configparser`, in Python: files of sections, keys and values. */
export const CONFIGPARSER = String.raw`
import itertools as _itertools
import os as _os
import re as _re

DEFAULTSECT = 'DEFAULT'
MAX_INTERPOLATION_DEPTH = 10
_UNSET = object()

class Error(Exception):
    def __init__(self, msg=''):
        self.message = msg
        super().__init__(msg)
    def __repr__(self):
        return self.message
    __str__ = __repr__
class NoSectionError(Error):
    def __init__(self, section):
        super().__init__('No section: %r' % (section,))
        self.section = section
class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        where = 'Section %r already exists' % section if source is None else 'While reading from %r [line %2d]: section %r already exists' % (source, lineno, section)
        super().__init__(where)
        self.section, self.source, self.lineno = section, source, lineno
class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        super().__init__('While reading from %r [line %2d]: option %r in section %r already exists' % (source, lineno, option, section))
        self.section, self.option = section, option
class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__('No option %r in section: %r' % (option, section))
        self.option, self.section = option, section
class InterpolationError(Error):
    def __init__(self, option, section, msg):
        super().__init__(msg)
        self.option, self.section = option, section
class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        super().__init__(option, section, 'Bad value substitution: option %r in section %r contains an interpolation key %r which is not a valid option name. Raw value: %r' % (option, section, reference, rawval))
        self.reference = reference
class InterpolationSyntaxError(InterpolationError):
    pass
class InterpolationDepthError(InterpolationError):
    def __init__(self, option, section, rawval):
        super().__init__(option, section, 'Recursion limit exceeded in value substitution: option %r in section %r contains an interpolation key which cannot be substituted in %d steps. Raw value: %r' % (option, section, MAX_INTERPOLATION_DEPTH, rawval))
class ParsingError(Error):
    def __init__(self, source):
        super().__init__('Source contains parsing errors: %r' % source)
        self.source, self.errors = source, []
    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += '\n\t[line %2d]: %r' % (lineno, line)
class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, 'File contains no section headers.\nfile: %r, line: %d\n%r' % (filename, lineno, line))
        self.source, self.lineno, self.line = filename, lineno, line

class Interpolation:
    def before_get(self, parser, section, option, value, defaults):
        return value
    def before_set(self, parser, section, option, value):
        return value
class BasicInterpolation(Interpolation):
    def before_get(self, parser, section, option, value, defaults, depth=1):
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, value)
        out, rest = '', value
        while rest:
            at = rest.find('%')
            if at < 0:
                return out + rest
            out, rest = out + rest[:at], rest[at:]
            if rest[1:2] == '%':
                out, rest = out + '%', rest[2:]
            elif rest[1:2] == '(':
                found = _re.match(r'%\(([^)]+)\)s', rest)
                if found is None:
                    raise InterpolationSyntaxError(option, section, 'bad interpolation variable reference %r' % rest)
                name = parser.optionxform(found[1])
                rest = rest[found.end():]
                if name not in defaults:
                    raise InterpolationMissingOptionError(option, section, value, name)
                given = defaults[name]
                out += self.before_get(parser, section, option, given, defaults, depth + 1) if '%' in given else given
            else:
                raise InterpolationSyntaxError(option, section, "'%%' must be followed by '%%' or '(', found: %r" % rest)
        return out
class ExtendedInterpolation(Interpolation):
    def before_get(self, parser, section, option, value, defaults, depth=1):
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, value)
        def one(found):
            if found[0] == '$$':
                return '$'
            if found[1] is None:
                raise InterpolationSyntaxError(option, section, "'$' must be followed by '$' or '{', found: %r" % value[found.start():])
            path = found[1].split(':')
            try:
                name = parser.optionxform(path[-1])
                given = defaults[name] if len(path) == 1 else parser.get(path[0], name, raw=True)
            except (KeyError, NoSectionError, NoOptionError):
                raise InterpolationMissingOptionError(option, section, value, ':'.join(path)) from None
            return self.before_get(parser, path[0] if len(path) > 1 else section, option, given, dict(parser.items(path[0], raw=True)) if len(path) > 1 else defaults, depth + 1) if '$' in given else given
        return _re.sub(r'\$(?:\$|\{([^}]+)\})?', one, value)

class RawConfigParser:
    BOOLEAN_STATES = {'1': True, 'yes': True, 'true': True, 'on': True, '0': False, 'no': False, 'false': False, 'off': False}
    _DEFAULT_INTERPOLATION = Interpolation()
    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=('=', ':'), comment_prefixes=('#', ';'), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT, interpolation=_UNSET, converters=None):
        self._sections, self._defaults = {}, {}
        self._delimiters, self._comments, self._inline = tuple(delimiters), tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._strict, self._allow_no_value, self._empty_lines = strict, allow_no_value, empty_lines_in_values
        self.default_section = default_section
        self._interpolation = self._DEFAULT_INTERPOLATION if interpolation is _UNSET else interpolation or Interpolation()
        self._converters = {'int': int, 'float': float, 'boolean': self._convert_to_boolean, **(converters or {})}
        for name in converters or {}:
            setattr(self, 'get' + name, lambda section, option, *, _convert=converters[name], **kwargs: self._converted(section, option, _convert, **kwargs))
        for key, value in (defaults or {}).items():
            self._defaults[self.optionxform(key)] = str(value)
    def optionxform(self, optionstr):
        return optionstr.lower()
    def defaults(self):
        return self._defaults
    def sections(self):
        return list(self._sections)
    def add_section(self, section):
        if section == self.default_section:
            raise ValueError('Invalid section name: %r' % section)
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}
    def has_section(self, section):
        return section in self._sections
    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list({**self._sections[section], **self._defaults})
    def has_option(self, section, option):
        option = self.optionxform(option)
        if not section or section == self.default_section:
            return option in self._defaults
        return section in self._sections and (option in self._sections[section] or option in self._defaults)
    def read(self, filenames, encoding=None):
        if isinstance(filenames, (str, bytes)) or hasattr(filenames, '__fspath__'):
            filenames = [filenames]
        done = []
        for name in filenames:
            try:
                with open(name, encoding=encoding) as file:
                    self._read(file, str(name))
            except OSError:
                continue
            done.append(_os.fspath(name))
        return done
    def read_file(self, f, source=None):
        self._read(f, source or getattr(f, 'name', None) or '<???>')
    def read_string(self, string, source='<string>'):
        self._read(string.splitlines(True), source)
    def read_dict(self, dictionary, source='<dict>'):
        seen = set()
        for section, values in dictionary.items():
            section = str(section)
            if section != self.default_section and section not in self._sections:
                self.add_section(section)
            elif self._strict and section in seen:
                raise DuplicateSectionError(section)
            seen.add(section)
            for key, value in values.items():
                self.set(section, str(key), None if value is None else str(value))
    def _read(self, lines, source):
        seen, section, name, option = set(), None, None, None
        deeper, wrong = 0, None
        for number, line in enumerate(lines, 1):
            text = line
            for prefix in self._inline:
                found = _re.search(r'(^|\s)' + _re.escape(prefix), text)
                if found:
                    text = text[:found.start()]
            stripped = text.strip()
            comment = bool(line.strip()) and line.strip().startswith(self._comments)
            if comment or not stripped:
                if self._empty_lines and not comment and section is not None and option and section.get(option) is not None:
                    section[option].append('')
                elif not self._empty_lines and not comment:
                    deeper = 10 ** 9
                continue
            depth = len(text) - len(text.lstrip())
            if section is not None and option and depth > deeper:
                if section[option] is None:
                    raise ParsingError(source)
                section[option].append(stripped)
                continue
            deeper = depth
            header = _re.match(r'\[(?P<header>.+)\]', stripped)
            if header:
                name = header['header']
                if name in self._sections:
                    if self._strict and name in seen:
                        raise DuplicateSectionError(name, source, number)
                    section = self._sections[name]
                elif name == self.default_section:
                    section = self._defaults
                else:
                    section = self._sections[name] = {}
                seen.add(name)
                option = None
                continue
            if section is None:
                raise MissingSectionHeaderError(source, number, line)
            places = [at for at in (stripped.find(d) for d in self._delimiters) if at >= 0]
            if not places and not self._allow_no_value or places and not stripped[:min(places)].strip():
                wrong = wrong or ParsingError(source)
                wrong.append(number, line)
                continue
            at = min(places) if places else len(stripped)
            option = self.optionxform(stripped[:at].rstrip())
            if self._strict and (name, option) in seen:
                raise DuplicateOptionError(name, option, source, number)
            seen.add((name, option))
            section[option] = [stripped[at + 1:].strip()] if places else None
        for values in [self._defaults, *self._sections.values()]:
            for key, value in values.items():
                if isinstance(value, list):
                    values[key] = '\n'.join(value).rstrip()
        if wrong:
            raise wrong
    def _all(self, section, vars=None):
        if section not in self._sections and section != self.default_section:
            raise NoSectionError(section)
        given = {self.optionxform(k): None if v is None else str(v) for k, v in (vars or {}).items()}
        return {**self._defaults, **self._sections.get(section, {}), **given}
    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        try:
            values = self._all(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        if option not in values:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        value = values[option]
        return value if raw or value is None else self._interpolation.before_get(self, section, option, value, values)
    def _converted(self, section, option, convert, *, raw=False, vars=None, fallback=_UNSET):
        try:
            value = self.get(section, option, raw=raw, vars=vars)
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback
        return convert(value)
    def getint(self, section, option, **kwargs):
        return self._converted(section, option, int, **kwargs)
    def getfloat(self, section, option, **kwargs):
        return self._converted(section, option, float, **kwargs)
    def getboolean(self, section, option, **kwargs):
        return self._converted(section, option, self._convert_to_boolean, **kwargs)
    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError('Not a boolean: %s' % value)
        return self.BOOLEAN_STATES[value.lower()]
    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return [(name, self[name]) for name in self]
        values = self._all(section, vars)
        return [(k, v if raw or v is None else self._interpolation.before_get(self, section, k, v, values)) for k, v in values.items()]
    def set(self, section, option, value=None):
        if section and section != self.default_section and section not in self._sections:
            raise NoSectionError(section)
        target = self._defaults if not section or section == self.default_section else self._sections[section]
        target[self.optionxform(option)] = self._interpolation.before_set(self, section, option, value) if value else value
    def remove_option(self, section, option):
        if section != self.default_section and section not in self._sections:
            raise NoSectionError(section)
        target = self._defaults if section == self.default_section else self._sections[section]
        return target.pop(self.optionxform(option), _UNSET) is not _UNSET
    def remove_section(self, section):
        return self._sections.pop(section, None) is not None
    def write(self, fp, space_around_delimiters=True):
        equals = ' %s ' % self._delimiters[0] if space_around_delimiters else self._delimiters[0]
        for name, values in _itertools.chain([(self.default_section, self._defaults)] if self._defaults else [], self._sections.items()):
            fp.write('[%s]\n' % name)
            for key, value in values.items():
                fp.write('%s%s\n' % (key, '' if value is None and self._allow_no_value else equals + str(value).replace('\n', '\n\t')))
            fp.write('\n')
    def __getitem__(self, key):
        if key != self.default_section and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)
    def __setitem__(self, key, value):
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})
    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError('Cannot remove the default section.')
        if key not in self._sections:
            raise KeyError(key)
        self.remove_section(key)
    def __contains__(self, key):
        return key == self.default_section or key in self._sections
    def __len__(self):
        return len(self._sections) + 1
    def __iter__(self):
        return iter([self.default_section, *self._sections])
    def keys(self):
        return list(self)
    def values(self):
        return [self[name] for name in self]

class ConfigParser(RawConfigParser):
    _DEFAULT_INTERPOLATION = BasicInterpolation()
    def set(self, section, option, value=None):
        if not isinstance(option, str):
            raise TypeError('option keys must be strings')
        if value is None and not self._allow_no_value or value is not None and not isinstance(value, str):
            raise TypeError('option values must be strings')
        if value and isinstance(self._interpolation, BasicInterpolation) and '%' in _re.sub(r'%%|%\([^)]+\)s', '', value):
            raise ValueError('invalid interpolation syntax in %r at position %d' % (value, value.find('%')))
        super().set(section, option, value)
    def add_section(self, section):
        if not isinstance(section, str):
            raise TypeError('section names must be strings')
        super().add_section(section)

class SectionProxy:
    def __init__(self, parser, name):
        self._parser, self._name = parser, name
        self.parser, self.name = parser, name
    def __repr__(self):
        return '<Section: %s>' % self._name
    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)
    def __setitem__(self, key, value):
        self._parser.set(self._name, key, value)
    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)
    def __contains__(self, key):
        return self._parser.has_option(self._name, key)
    def _names(self):
        return list(self._parser.defaults()) if self._name == self._parser.default_section else self._parser.options(self._name)
    def __len__(self):
        return len(self._names())
    def __iter__(self):
        return iter(self._names())
    def keys(self):
        return self._names()
    def values(self):
        return [self[key] for key in self]
    def items(self):
        return [(key, self[key]) for key in self]
    def __getattr__(self, name):
        convert = self._parser._converters.get(name[3:]) if name.startswith('get') else None
        if convert is None:
            raise AttributeError("'SectionProxy' object has no attribute %r" % name)
        return lambda option, fallback=None, **kwargs: self._parser._converted(self._name, option, convert, fallback=fallback, **kwargs)
    def get(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)
    def getint(self, option, fallback=None, **kwargs):
        return self._parser.getint(self._name, option, fallback=fallback, **kwargs)
    def getfloat(self, option, fallback=None, **kwargs):
        return self._parser.getfloat(self._name, option, fallback=fallback, **kwargs)
    def getboolean(self, option, fallback=None, **kwargs):
        return self._parser.getboolean(self._name, option, fallback=fallback, **kwargs)
`
