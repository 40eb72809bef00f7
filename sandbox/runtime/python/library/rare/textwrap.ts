/** `textwrap`, in Python. */
export const TEXTWRAP = String.raw`
import re as _re

_SPACE = '\t\n\x0b\x0c\r '
_WORDS = _re.compile('([' + _re.escape(_SPACE) + ']+)')
_SENTENCE_END = _re.compile(r'[a-z][\.\!\?][\"\']?\Z')

def _letter(c):
    return c.isalpha() or c == '_'
def _dashes(text, at):
    """How many dashes stand there, if they are a dash between words."""
    n = at
    while text[n:n + 1] == '-':
        n += 1
    return n - at if n - at > 1 and text[n:n + 1].isalnum() and (text[at - 1].isalnum() or text[at - 1] in '_!"\'&.,?') and at else 0
def _hyphen(text, at):
    """Whether a word may be broken behind this hyphen."""
    before, after = text[max(at - 3, 0):at], text[at + 1:at + 4]
    if text[at] != '-' or not (len(before) > 1 and _letter(before[-1]) and (_letter(before[-2]) or len(before) > 2 and before[-2] == '-' and _letter(before[-3]))):
        return False
    return after[:1] != '' and _letter(after[0]) and (len(after) > 1 and _letter(after[1]) or len(after) > 2 and after[1] == '-' and _letter(after[2]))
def _chunks(text):
    """Words and the spaces between them, cut where a line may end."""
    all, at = [], 0
    while at < len(text):
        end = at + 1
        if text[at] in _SPACE:
            while end < len(text) and text[end] in _SPACE:
                end += 1
        elif _dashes(text, at):
            end = at + _dashes(text, at)
        else:
            while end < len(text) and text[end] not in _SPACE and not _dashes(text, end):
                end += 1
                if _hyphen(text, end - 1):
                    break
        all.append(text[at:end])
        at = end
    return all

class TextWrapper:
    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _split(self, text):
        pieces = _chunks(text) if self.break_on_hyphens else _WORDS.split(text)
        return [piece for piece in pieces if piece]

    def wrap(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            for c in _SPACE:
                text = text.replace(c, ' ')
        chunks = self._split(text)
        if self.fix_sentence_endings:
            for i in range(len(chunks) - 1):
                if chunks[i + 1] == ' ' and _SENTENCE_END.search(chunks[i]):
                    chunks[i + 1] = '  '
        return self._lines(chunks)

    def _lines(self, chunks):
        if self.width <= 0:
            raise ValueError('invalid width %r (must be > 0)' % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        lines = []
        chunks.reverse()
        while chunks:
            now, length = [], 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[-1].strip() == '' and lines:
                chunks.pop()
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                now.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._break(chunks, now, length, width)
                length = sum(map(len, now))
            if self.drop_whitespace and now and now[-1].strip() == '':
                length -= len(now.pop())
            if not now:
                continue
            if self.max_lines is None or len(lines) + 1 < self.max_lines or (not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()) and length <= width:
                lines.append(indent + ''.join(now))
                continue
            while now:
                if now[-1].strip() and length + len(self.placeholder) <= width:
                    now.append(self.placeholder)
                    lines.append(indent + ''.join(now))
                    return lines
                length -= len(now.pop())
            if lines and len(lines[-1].rstrip()) + len(self.placeholder) <= self.width:
                lines[-1] = lines[-1].rstrip() + self.placeholder
            else:
                lines.append(indent + self.placeholder.lstrip())
            return lines
        return lines

    def _break(self, chunks, now, length, width):
        room = 1 if width < 1 else width - length
        if self.break_long_words:
            end = room
            chunk = chunks[-1]
            if self.break_on_hyphens and len(chunk) > room:
                hyphen = chunk.rfind('-', 0, room)
                if hyphen > 0 and any(c != '-' for c in chunk[:hyphen]):
                    end = hyphen + 1
            now.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not now:
            now.append(chunks.pop())

    def fill(self, text):
        return '\n'.join(self.wrap(text))

def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)
def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)
def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))

def dedent(text):
    lines = [line if line.strip(' \t') else '' for line in text.split('\n')]
    margin = None
    for line in lines:
        if not line:
            continue
        indent = line[:len(line) - len(line.lstrip(' \t'))]
        if margin is None:
            margin = indent
        else:
            n = 0
            while n < min(len(margin), len(indent)) and margin[n] == indent[n]:
                n += 1
            margin = margin[:n]
    return '\n'.join(line[len(margin or ''):] for line in lines)

def indent(text, prefix, predicate=None):
    return ''.join(prefix + line if (line.strip() if predicate is None else predicate(line)) else line for line in text.splitlines(True))
`
