/** The parser: declares arguments, and takes words apart by them. */
export const PARSER = String.raw`class ArgumentParser(_Helpful):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter, prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error', add_help=True, allow_abbrev=True, exit_on_error=True):
        self.prog = prog or os.path.basename(sys.argv[0]) or 'python3'
        self.usage = usage
        self.description = description
        self.epilog = epilog
        self.formatter_class = formatter_class
        self._actions = []
        self._exclusive = []
        self._defaults = {}
        self._subparsers = None
        if add_help:
            self.add_argument('-h', '--help', action='help', default=SUPPRESS, help='show this help message and exit')
        for parent in parents:
            self._actions += [a for a in parent._actions if a.dest != 'help']

    def add_argument(self, *flags, action='store', nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, dest=None, version=None):
        if not isinstance(action, str):
            if getattr(action, '__name__', '') != 'BooleanOptionalAction':
                refuse('argparse with an action of its own')
            negative = ['--no-' + f[2:] for f in flags if f.startswith('--')]
            made = self.add_argument(*flags, action='bool', default=default, help=help, dest=dest)
            made.option_strings += negative
            return made
        optional = flags and flags[0].startswith('-')
        if dest is None:
            long = [f for f in flags if f.startswith('--')]
            dest = (long[0] if long else flags[0]).lstrip('-').replace('-', '_') if flags else dest
        if action == 'store_true':
            const, default = True, False if default is None else default
        elif action == 'store_false':
            const, default = False, True if default is None else default
        elif action == 'version':
            const = version
            help = help or "show program's version number and exit"
        if action not in ('store', 'store_true', 'store_false', 'store_const', 'append', 'append_const', 'extend', 'count', 'help', 'version', 'bool', 'parsers'):
            raise ValueError('unknown action "%s"' % action)
        if not optional:
            required = nargs not in ('?', '...') and not (nargs == '*' and default is not None)
        made = _Action(list(flags) if optional else [], dest, nargs, const, default, type, choices, required, help, metavar, action)
        self._actions.append(made)
        return made

    def add_argument_group(self, title=None, description=None):
        return _Group(self, title)

    def add_mutually_exclusive_group(self, required=False):
        group = _Group(self, exclusive=True, required=required)
        self._exclusive.append(group)
        return group

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def get_default(self, dest):
        return self._defaults.get(dest)

    def add_subparsers(self, title=None, description=None, dest=None, required=False, help=None, metavar=None, prog=None):
        action = self.add_argument(action='parsers', dest=dest or SUPPRESS, nargs='A...', help=help, metavar=metavar)
        action.required = required
        action.choices = {}
        # With a title or a description it has a section of its own.
        action.section = (title or 'subcommands', description) if title or description else None
        self._subparsers = action
        parser = self
        class Subparsers:
            def add_parser(self, name, **kwargs):
                aliases = kwargs.pop('aliases', ())
                if 'help' in kwargs:
                    shown = name + (' (%s)' % ', '.join(aliases) if aliases else '')
                    action.described.append((shown, kwargs.pop('help')))
                kwargs.setdefault('prog', parser._head() + ' ' + name)
                made = ArgumentParser(**kwargs)
                for each in (name, *aliases):
                    action.choices[each] = made
                return made
        return Subparsers()

    def _head(self):
        positional = [a.args_text() for a in self._actions if not a.option_strings and a.action != 'parsers']
        return ' '.join([self.prog] + positional)

    def parse_args(self, args=None, namespace=None):
        found, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error('unrecognized arguments: ' + ' '.join(rest))
        return found

    def parse_known_args(self, args=None, namespace=None):
        args = list(sys.argv[1:] if args is None else args)
        out = namespace or Namespace()
        for action in self._actions:
            if action.dest != SUPPRESS and action.default is not SUPPRESS and action.action not in ('help', 'version') and not hasattr(out, action.dest):
                default = self._defaults.get(action.dest, action.default)
                if isinstance(default, str) and action.type:
                    default = self._convert(action, default)
                setattr(out, action.dest, default)
        for name, value in self._defaults.items():
            if not hasattr(out, name):
                setattr(out, name, value)
        seen = []
        rest = []
        loose = []
        i = 0
        while i < len(args):
            word = args[i]
            i += 1
            if word == '--':
                loose += args[i:]
                break
            if not word.startswith('-') or word == '-' or self._negative(word):
                loose.append(word)
                if self._subparsers and len(loose) > len([a for a in self._actions if not a.option_strings and a.action != 'parsers']):
                    loose += args[i:]
                    break
                continue
            flag, eq, value = word.partition('=') if word.startswith('--') else (word, '', '')
            action = self._find(flag)
            if action is None and not word.startswith('--') and len(word) > 2:
                action = self._find(word[:2])
                flag = word[:2]
                if action and action.takes():
                    eq, value = '=', word[2:]
                elif action:
                    i -= 1
                    args[i] = '-' + word[2:]
            if action is None:
                rest.append(word)
                continue
            seen.append(action)
            if not action.takes():
                if eq:
                    self.error('argument %s: ignored explicit argument %r' % (action.name(), value))
                self._simple(action, out, flag)
                continue
            values = []
            if eq:
                values = [value]
            else:
                limit = 1 if action.nargs in (None, '?') else action.nargs if isinstance(action.nargs, int) else len(args)
                while i < len(args) and len(values) < limit and (not args[i].startswith('-') or args[i] == '-' or self._negative(args[i])):
                    values.append(args[i])
                    i += 1
            self._store(action, out, values)
        self._positional(loose, out, seen, rest)
        missing = [a.name() for a in self._actions if a.required and a not in seen]
        if missing:
            self.error('the following arguments are required: ' + ', '.join(missing))
        for group in self._exclusive:
            used = [a for a in group.actions if a in seen]
            if len(used) > 1:
                self.error('argument %s: not allowed with argument %s' % (used[1].name(), used[0].name()))
            if group.required and not used:
                self.error('one of the arguments %s is required' % ' '.join(a.name() for a in group.actions))
        return out, rest

    def _negative(self, word):
        try:
            float(word)
            return not self._find(word[:2])
        except ValueError:
            return False

    def _find(self, flag):
        for action in self._actions:
            if flag in action.option_strings:
                return action
        if flag.startswith('--'):
            options = {f: a for a in self._actions for f in a.option_strings if f.startswith(flag)}
            if len(options) > 1:
                self.error('ambiguous option: %s could match %s' % (flag, ', '.join(options)))
            for action in options.values():
                return action
        return None

    def _simple(self, action, out, flag):
        if action.action == 'help':
            self.print_help()
            self.exit()
        elif action.action == 'version':
            print(action.const.replace('%(prog)s', self.prog))
            self.exit()
        elif action.action == 'count':
            setattr(out, action.dest, (getattr(out, action.dest) or 0) + 1)
        elif action.action == 'bool':
            setattr(out, action.dest, not flag.startswith('--no-'))
        elif action.action == 'append_const':
            setattr(out, action.dest, (getattr(out, action.dest) or []) + [action.const])
        else:
            setattr(out, action.dest, action.const)

    def _convert(self, action, text):
        value = text
        if action.type:
            try:
                value = action.type(text)
            except ArgumentTypeError as err:
                self.error('argument %s: %s' % (action.name(), err))
            except (TypeError, ValueError):
                self.error('argument %s: invalid %s value: %r' % (action.name(), getattr(action.type, '__name__', repr(action.type)), text))
        if action.choices is not None and action.action != 'parsers' and value not in action.choices:
            self.error('argument %s: invalid choice: %r (choose from %s)' % (action.name(), value, ', '.join(repr(c) for c in action.choices)))
        return value

    def _store(self, action, out, values):
        nargs = action.nargs
        if nargs is None and len(values) != 1:
            self.error('argument %s: expected one argument' % action.name())
        if nargs == '+' and not values:
            self.error('argument %s: expected at least one argument' % action.name())
        if isinstance(nargs, int) and len(values) != nargs:
            self.error('argument %s: expected %d argument%s' % (action.name(), nargs, '' if nargs == 1 else 's'))
        converted = [self._convert(action, v) for v in values]
        if nargs is None:
            value = converted[0]
        elif nargs == '?':
            value = converted[0] if converted else action.const
        else:
            value = converted
        if action.action == 'append':
            value = (getattr(out, action.dest) or []) + [value]
        elif action.action == 'extend':
            value = (getattr(out, action.dest) or []) + value
        setattr(out, action.dest, value)

    def _positional(self, words, out, seen, rest):
        actions = [a for a in self._actions if not a.option_strings]
        least = {None: 1, '?': 0, '*': 0, '+': 1, '...': 0, 'A...': 1}
        for at, action in enumerate(actions):
            if action.action == 'parsers':
                if not words:
                    return
                name = words[0]
                if name not in action.choices:
                    self.error('argument %s: invalid choice: %r (choose from %s)' % (action.metavar or (action.dest if action.dest != SUPPRESS else '{%s}' % ','.join(action.choices)), name, ', '.join(repr(c) for c in action.choices)))
                seen.append(action)
                if action.dest != SUPPRESS:
                    setattr(out, action.dest, name)
                _, left = action.choices[name].parse_known_args(words[1:], out)
                rest += left
                return
            later = sum(least.get(a.nargs, a.nargs if isinstance(a.nargs, int) else 1) for a in actions[at + 1:])
            room = max(0, len(words) - later)
            count = 1 if action.nargs in (None, '?') else action.nargs if isinstance(action.nargs, int) else room
            if action.nargs in ('?', '*') and room == 0:
                if any(a.nargs in (None, '+') for a in actions[:at] if a not in seen):
                    return
                seen.append(action)
                if action.nargs == '*' and action.default is None:
                    setattr(out, action.dest, [])
                continue
            if len(words) < count or (action.nargs in (None, '+') and not words):
                return
            taken, words = words[:count], words[count:]
            if action.nargs == '+' and not taken:
                return
            seen.append(action)
            self._store(action, out, taken)
        rest += words

    def exit(self, status=0, message=None):
        if message:
            sys.stderr.write(message)
        sys.exit(status)

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(2, '%s: error: %s\n' % (self.prog, message))

class BooleanOptionalAction:
    pass

def FileType(*args, **kwargs):
    refuse('argparse.FileType')
`
