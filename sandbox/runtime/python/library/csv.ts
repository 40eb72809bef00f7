/** `csv`, in Python. */

export const CSV = String.raw`
from io import StringIO
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = 0, 1, 2, 3
class Error(Exception):
    pass
class Dialect:
    delimiter, quotechar, doublequote, skipinitialspace, lineterminator, quoting, escapechar, strict = ',', '"', True, False, '\r\n', QUOTE_MINIMAL, None, False
class excel(Dialect):
    pass
class excel_tab(excel):
    delimiter = '\t'
class unix_dialect(Dialect):
    lineterminator, quoting = '\n', QUOTE_ALL
_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}
def list_dialects():
    return list(_dialects)
def _style(dialect, options):
    base = _dialects[dialect] if isinstance(dialect, str) else dialect
    class Style(base):
        pass
    for name, value in options.items():
        if not hasattr(Dialect, name):
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        setattr(Style, name, value)
    return Style
class reader:
    def __init__(self, csvfile, dialect='excel', **options):
        self.dialect = _style(dialect, options)
        self.line_num = 0
        self._lines = iter(csvfile)
    def __iter__(self):
        return self
    def __next__(self):
        d = self.dialect
        row, field, quoted, was_quoted, begun = [], '', False, False, False
        line = next(self._lines)
        self.line_num += 1
        at = 0
        while True:
            if at >= len(line):
                if not quoted:
                    break
                try:
                    line = next(self._lines)
                except StopIteration:
                    break
                self.line_num += 1
                at = 0
                continue
            c = line[at]
            at += 1
            if quoted:
                if c == d.escapechar and at < len(line):
                    field += line[at]
                    at += 1
                elif c == d.quotechar:
                    if d.doublequote and at < len(line) and line[at] == d.quotechar:
                        field += c
                        at += 1
                    else:
                        quoted = False
                else:
                    field += c
            elif c == d.delimiter:
                row.append(self._field(field, was_quoted))
                field, was_quoted, begun = '', False, True
            elif c in '\r\n':
                break
            elif c == d.quotechar and not field and d.quoting != QUOTE_NONE:
                quoted = was_quoted = begun = True
            elif c == ' ' and d.skipinitialspace and not field and not was_quoted:
                begun = True
            elif c == d.escapechar and at < len(line):
                field += line[at]
                at += 1
                begun = True
            else:
                field += c
                begun = True
        if begun or field:
            row.append(self._field(field, was_quoted))
        return row
    def _field(self, field, was_quoted):
        return float(field) if self.dialect.quoting == QUOTE_NONNUMERIC and not was_quoted else field
class _Writer:
    def __init__(self, csvfile, style):
        self._write = csvfile.write
        self.dialect = style
    def writerow(self, row):
        d = self.dialect
        fields = []
        row = list(row)
        for value in row:
            text = '' if value is None else repr(value) if isinstance(value, float) else str(value)
            special = any(c in text for c in (d.delimiter, d.quotechar or d.delimiter, '\r', '\n'))
            number = isinstance(value, (int, float))
            if d.quoting == QUOTE_NONE:
                if special:
                    if d.escapechar is None:
                        raise Error('need to escape, but no escapechar set')
                    text = ''.join(d.escapechar + c if c in (d.delimiter, d.quotechar, '\r', '\n') else c for c in text)
            elif special or d.quoting == QUOTE_ALL or (d.quoting == QUOTE_NONNUMERIC and not number) or (text == '' and len(row) == 1):
                text = d.quotechar + text.replace(d.quotechar, d.quotechar * 2) + d.quotechar
            fields.append(text)
        return self._write(d.delimiter.join(fields) + d.lineterminator)
    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
def writer(csvfile, dialect='excel', **options):
    return _Writer(csvfile, _style(dialect, options))
class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', **options):
        self._fieldnames = fieldnames
        self.restkey, self.restval = restkey, restval
        self.reader = reader(f, dialect, **options)
    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        return self._fieldnames
    @property
    def line_num(self):
        return self.reader.line_num
    def __iter__(self):
        return self
    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        d = dict(zip(names, row))
        if len(row) > len(names):
            d[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            d[name] = self.restval
        return d
class DictWriter:
    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', **options):
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, **options)
    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))
    def writerow(self, row):
        extra = [name for name in row if name not in self.fieldnames]
        if extra and self.extrasaction == 'raise':
            raise ValueError('dict contains fields not in fieldnames: ' + ', '.join(repr(x) for x in extra))
        return self.writer.writerow([row.get(name, self.restval) for name in self.fieldnames])
    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
`
