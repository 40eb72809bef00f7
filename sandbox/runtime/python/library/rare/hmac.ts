/** `hmac`, in Python over `hashlib`. */
export const HMAC = `
import hashlib as _hashlib

class HMAC:
    def __init__(self, key, msg=None, digestmod=''):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError('key: expected bytes or bytearray, but got %r' % type(key).__name__)
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        if isinstance(digestmod, str):
            self._make = lambda data=b'': _hashlib.new(digestmod, data)
        elif callable(digestmod):
            self._make = digestmod
        else:
            self._make = digestmod.new
        inner = self._make()
        self.digest_size, self.block_size = inner.digest_size, inner.block_size
        self.name = 'hmac-' + inner.name
        if len(key) > self.block_size:
            key = self._make(key).digest()
        key = key + bytes(self.block_size - len(key))
        self._outer = bytes(b ^ 0x5c for b in key)
        self._inner = bytes(b ^ 0x36 for b in key)
        if msg is not None:
            self.update(msg)
    def update(self, msg):
        if isinstance(msg, str):
            raise TypeError('Strings must be encoded before hashing')
        self._inner = self._inner + bytes(msg)
    def copy(self):
        made = object.__new__(HMAC)
        made.__dict__.update(self.__dict__)
        return made
    def digest(self):
        return self._make(self._outer + self._make(self._inner).digest()).digest()
    def hexdigest(self):
        return self.digest().hex()

def new(key, msg=None, digestmod=''):
    return HMAC(key, msg, digestmod)
def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()
def compare_digest(a, b):
    if isinstance(a, str) and isinstance(b, str):
        if not a.isascii() or not b.isascii():
            raise TypeError('comparing strings with non-ASCII characters is not supported')
        return a == b
    if isinstance(a, bytes) and isinstance(b, bytes):
        return a == b
    raise TypeError("unsupported operand types(s) or combination of types: '%s' and '%s'" % (type(a).__name__, type(b).__name__))
`
