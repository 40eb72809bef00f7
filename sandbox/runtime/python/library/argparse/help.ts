/** Usage and help of a parser. */
export const HELP = String.raw`class _Helpful:
    def format_usage(self):
        if self.usage:
            return 'usage: %s\n' % self.usage.replace('%(prog)s', self.prog)
        parts = []
        done = set()
        for action in self._actions:
            if not action.option_strings or action.help == SUPPRESS or id(action) in done:
                continue
            group = next((g for g in self._exclusive if action in g.actions), None)
            if group:
                inner = ' | '.join(self._option(a) for a in group.actions)
                parts.append('(%s)' % inner if group.required else '[%s]' % inner)
                done.update(id(a) for a in group.actions)
            else:
                text = self._option(action)
                parts.append(text if action.required else '[%s]' % text)
        for action in self._actions:
            if not action.option_strings:
                parts.append(action.args_text())
        head = 'usage: %s' % self.prog
        line = ' '.join([head] + parts)
        if len(line) <= 78:
            return line + '\n'
        options = [p for p in parts if p.startswith(('[-', '(-', '-'))]
        others = [p for p in parts if p not in options]
        indent = ' ' * (len(head) + 1)
        lines = []
        for group in (options, others):
            now = ''
            for part in group:
                if now and len(indent) + len(now) + 1 + len(part) > 78:
                    lines.append(now)
                    now = part
                else:
                    now = now + ' ' + part if now else part
            if now:
                lines.append(now)
        return head + ' ' + ('\n' + indent).join(lines) + '\n'

    def _option(self, action):
        if action.action == 'bool':
            return ' | '.join(action.option_strings)
        text = action.args_text()
        return action.option_strings[0] + (' ' + text if text else '')

    def _wrap(self, text, width, indent):
        from textwrap import wrap
        return ('\n' + ' ' * indent).join(wrap(text, width) or [''])

    def format_help(self):
        out = self.format_usage()
        if self.description:
            raw = self.formatter_class in (RawDescriptionHelpFormatter, RawTextHelpFormatter)
            out += '\n' + (self.description if raw else self._wrap(' '.join(self.description.split()), 78, 0)) + '\n'
        sections = []
        apart = [a for a in self._actions if a.section]
        for title, about, actions in (('positional arguments', None, [a for a in self._actions if not a.option_strings and a not in apart]), ('options', None, [a for a in self._actions if a.option_strings]), *((*a.section, [a]) for a in apart)):
            actions = [a for a in actions if a.help != SUPPRESS]
            if not actions:
                continue
            rows = []
            for a in actions:
                if a.option_strings:
                    text = a.args_text()
                    new = sys.version_info >= (3, 13)
                    head = ', '.join(a.option_strings) + (' ' + text if text else '') if new or not text else ', '.join(f + ' ' + text for f in a.option_strings)
                else:
                    head = a.shown()
                help_text = a.help or ''
                if self.formatter_class is ArgumentDefaultsHelpFormatter and help_text and '%(default)' not in help_text and a.default is not SUPPRESS and (a.option_strings or a.nargs in ('?', '*')):
                    help_text += ' (default: %(default)s)'
                rows.append((head, help_text % dict(prog=self.prog, default=a.default, type=getattr(a.type, '__name__', None), dest=a.dest, choices=a.choices) if '%' in help_text else help_text))
                rows.extend(('  ' + name, text) for name, text in a.described if text != SUPPRESS)
            sections.append((title, about, rows))
        # All sections have their texts in the same column.
        width = min(max((len(h) for _, _, rows in sections for h, _ in rows), default=0) + 4, 24)
        for title, about, rows in sections:
            out += '\n%s:\n' % title
            if about:
                out += '  ' + self._wrap(' '.join(about.split()), 76, 2) + '\n\n'
            for head, help in rows:
                line = '  ' + head
                if help:
                    wrapped = self._wrap(' '.join(help.split()), 78 - width, width)
                    line = line + ' ' * (width - len(line)) + wrapped if len(line) <= width - 2 else line + '\n' + ' ' * width + wrapped
                out += line + '\n'
        if self.epilog:
            raw = self.formatter_class in (RawDescriptionHelpFormatter, RawTextHelpFormatter)
            out += '\n' + (self.epilog if raw else self._wrap(' '.join(self.epilog.split()), 78, 0)) + '\n'
        return out

    def print_usage(self, file=None):
        print(self.format_usage(), end='', file=file)

    def print_help(self, file=None):
        print(self.format_help(), end='', file=file)

`
