/** Arguments as they were declared: what each takes, is called and does; groups of them, the namespace. */
export const ACTIONS = `
import os
import sys
from _support import refuse

SUPPRESS = '==SUPPRESS=='
OPTIONAL = '?'
ZERO_OR_MORE = '*'
ONE_OR_MORE = '+'
REMAINDER = '...'

class ArgumentError(Exception):
    pass

class ArgumentTypeError(Exception):
    pass

class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)
    def __repr__(self):
        return 'Namespace(%s)' % ', '.join('%s=%r' % item for item in self.__dict__.items())
    def __eq__(self, other):
        return isinstance(other, Namespace) and self.__dict__ == other.__dict__
    def __contains__(self, key):
        return key in self.__dict__

class HelpFormatter:
    pass
class RawDescriptionHelpFormatter(HelpFormatter):
    pass
class RawTextHelpFormatter(HelpFormatter):
    pass
class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass

class _Action:
    def __init__(self, flags, dest, nargs, const, default, type, choices, required, help, metavar, action):
        self.option_strings = flags
        self.dest = dest
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required
        self.help = help
        self.metavar = metavar
        self.action = action
        # Of the parsers below it, those of which something is said.
        self.described = []
        self.section = None
    def takes(self):
        return self.action in ('store', 'append', 'extend', 'parsers')
    def shown(self):
        if self.metavar:
            return self.metavar
        if self.choices is not None:
            return '{%s}' % ','.join(str(c) for c in self.choices)
        return self.dest.upper() if self.option_strings else self.dest
    def args_text(self):
        if not self.takes():
            return ''
        m = self.shown()
        return {None: m, '?': '[%s]' % m, '*': '[%s ...]' % m, '+': '%s [%s ...]' % (m, m), '...': '...', 'A...': '%s ...' % m}.get(self.nargs) or ' '.join([m] * self.nargs)
    def name(self):
        return '/'.join(self.option_strings) or self.metavar or self.dest

class _Group:
    def __init__(self, parser, title=None, exclusive=False, required=False):
        self._parser = parser
        self.title = title
        self.exclusive = exclusive
        self.required = required
        self.actions = []
    def add_argument(self, *args, **kwargs):
        action = self._parser.add_argument(*args, **kwargs)
        self.actions.append(action)
        return action

`
