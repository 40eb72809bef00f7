/** A Decimal as a text: as it is, and by a format. */
export const DECIMAL_FORMAT = String.raw`
_FORMAT = _re.compile(r'(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([eEfFgGn%])?$', _re.S)

class _Formatted:
    def __str__(self, eng=False):
        sign = '-' if self._sign else ''
        if self._special:
            return sign + ('Infinity' if self._special == 'F' else ('sNaN' if self._special == 'N' else 'NaN') + (_digits(self._int) if self._int else ''))
        digits = _digits(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            dot = left
        elif not eng:
            dot = 1
        elif digits == '0':
            dot = (left + 1) % 3 - 1
        else:
            dot = (left - 1) % 3 + 1
        if dot <= 0:
            whole, part = '0', '.' + '0' * -dot + digits
        elif dot >= len(digits):
            whole, part = digits + '0' * (dot - len(digits)), ''
        else:
            whole, part = digits[:dot], '.' + digits[dot:]
        return sign + whole + part + ('' if left == dot else 'E%+d' % (left - dot))
    def to_eng_string(self, context=None):
        return self.__str__(True)

    def __format__(self, spec, context=None):
        if not spec:
            return str(self)
        found = _FORMAT.match(spec)
        if not found:
            raise ValueError('invalid format string')
        fill, align, sign, _, _, zero, width, group, precision, kind = found.groups()
        fill, align = fill or ('0' if zero and not align else ' '), align or ('=' if zero else '>')
        mark = '-' if self._sign else '' if sign in (None, '-') else sign
        if self._special:
            body, tail = str(self.copy_abs()), '%' if kind == '%' else ''
            group = None
            if fill == '0' and align == '=':
                fill = ' '
                align = '>'
        else:
            body, tail = self._digits(kind, None if precision is None else int(precision))
        whole, dot, part = body.partition('.')
        least = int(width or 0) - len(mark) - len(dot + part + tail) if fill == '0' and align == '=' else 0
        if group and whole.isdigit():
            whole = _grouped(whole, group, least)
        elif least > len(whole):
            whole = whole.rjust(least, '0')
        body = whole + dot + part + tail
        missing = int(width or 0) - len(mark) - len(body)
        if missing <= 0:
            return mark + body
        if align == '=':
            return mark + fill * missing + body
        left = missing if align == '>' else 0 if align == '<' else missing // 2
        return fill * left + mark + body + fill * (missing - left)

    def _digits(self, kind, precision):
        """Its digits with their point, and what follows them: an exponent, a sign of percent."""
        rounding = getcontext().rounding
        number = self.copy_abs()
        exponent = 'E' if kind in ('E', 'G', None) else 'e'
        if kind == '%':
            number = _make(0, number._int, number._exp + 2)
        if precision is not None:
            if kind in ('e', 'E'):
                number = _digits_kept(number, precision + 1, rounding)
            elif kind in ('f', 'F', '%'):
                number = _rescale(number, -precision, rounding)
            elif number._int or kind is None:
                if len(_digits(number._int)) > max(precision, 1):
                    number = _digits_kept(number, max(precision, 1), rounding)
        digits = _digits(number._int)
        left = number._exp + len(digits)
        if kind in ('e', 'E'):
            dot = 1 if number._int or precision is None else 1 - precision
        elif kind in ('f', 'F', '%'):
            if number._exp > 0:
                number = _rescale(number, 0, rounding)
                digits = _digits(number._int)
                left = number._exp + len(digits)
            dot = left
        else:
            dot = left if number._exp <= 0 and left > -6 else 1
        if not number._int and kind in ('e', 'E') and precision is not None:
            return '0' + ('.' + '0' * precision if precision else ''), '%s%+d' % (exponent, number._exp + precision)
        if dot <= 0:
            body = '0.' + '0' * -dot + digits
        elif dot >= len(digits):
            body = digits + '0' * (dot - len(digits))
        else:
            body = digits[:dot] + '.' + digits[dot:]
        tail = '' if left == dot else '%s%+d' % (exponent, left - dot)
        if kind in ('e', 'E') and not tail:
            tail = exponent + '+0'
        return body, tail + ('%' if kind == '%' else '')

def _digits_kept(number, digits, rounding):
    """So many digits, with zeros behind where there are fewer."""
    if not number._int:
        return number
    made = _rescale(number, number._exp + len(_digits(number._int)) - digits, rounding)
    if len(_digits(made._int)) > digits:
        made = _make(0, made._int // 10, made._exp + 1)
    return made

def _grouped(whole, group, least):
    out, first = [], True
    while True:
        out.insert(0, whole[-3:])
        whole = whole[:-3]
        if not whole:
            break
    text = group.join(out)
    while len(text) < least:
        plain = text.replace(group, '')
        text = _grouped('0' + plain, group, 0)
    return text
`
