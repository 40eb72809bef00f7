/** `logging.config`: loggers, handlers and formatters as a dict describes them; of files it is refused. */
export const LOGGING_CONFIG = `
import logging
import sys
from _support import refuse

def _resolve(name):
    """What a dotted name means: modules, and an attribute of the last."""
    parts = name.split('.')
    found = __import__(parts[0])
    path = parts[0]
    for part in parts[1:]:
        path += '.' + part
        try:
            if not hasattr(found, part):
                __import__(path)
            found = getattr(found, part)
        except ImportError as e:
            raise ValueError('Cannot resolve %r: No module named %r' % (name, path)) from e
    return found

def _value(given):
    if isinstance(given, str) and given.startswith('cfg://'):
        refuse('logging.config with cfg://')
    if isinstance(given, str) and given.startswith('ext://'):
        return _resolve(given[6:])
    if isinstance(given, dict):
        return {key: _value(each) for key, each in given.items()}
    if isinstance(given, list):
        return [_value(each) for each in given]
    return given

def _with(attributes, make, given):
    made = make(**_value(given))
    for name, value in (attributes or {}).items():
        setattr(made, name, value)
    return made

class BaseConfigurator:
    def __init__(self, config):
        self.config = {key: value for key, value in config.items()}

class DictConfigurator(BaseConfigurator):
    def configure(self):
        config = self.config
        if 'version' not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config['version'] != 1:
            raise ValueError('Unsupported version: %s' % config['version'])
        self.filters, self.formatters, self.handlers = {}, {}, {}
        if config.get('incremental', False):
            self._incremental(config)
            return
        if config.get('disable_existing_loggers', True):
            kept = config.get('loggers', {})
            for name, logger in logging._loggers.items():
                if not any(name == k or name.startswith(k + '.') for k in kept):
                    logger.disabled = True
        for kind, make in (('formatter', self.formatter), ('filter', self.filter), ('handler', self.handler)):
            made = getattr(self, kind + 's')
            for name, given in config.get(kind + 's', {}).items():
                try:
                    made[name] = make(dict(given))
                except Exception as e:
                    raise ValueError('Unable to configure %s %r' % (kind, name)) from e
                if kind == 'handler':
                    made[name].name = name
        for name, given in config.get('loggers', {}).items():
            try:
                self.logger(logging.getLogger(name), given)
            except Exception as e:
                raise ValueError('Unable to configure logger %r' % name) from e
        if config.get('root'):
            try:
                self.logger(logging.getLogger(), config['root'])
            except Exception as e:
                raise ValueError('Unable to configure root logger') from e

    def _incremental(self, config):
        refuse('logging.config.dictConfig with incremental')

    def made(self, given, key='()'):
        factory = given.pop(key)
        factory = factory if callable(factory) else _resolve(factory)
        return _with(given.pop('.', None), factory, given)

    def formatter(self, given):
        if '()' in given:
            return self.made(given)
        cls = given.get('class')
        cls = _resolve(cls) if isinstance(cls, str) else cls or logging.Formatter
        return cls(given.get('format'), given.get('datefmt'), given.get('style', '%'))

    def filter(self, given):
        return self.made(given) if '()' in given else logging.Filter(given.get('name', ''))

    def handler(self, given):
        formatter = given.pop('formatter', None)
        if formatter is not None:
            if formatter not in self.formatters:
                raise ValueError('Unable to set formatter %r' % formatter) from KeyError(formatter)
            formatter = self.formatters[formatter]
        level, filters = given.pop('level', None), given.pop('filters', ())
        if '()' in given:
            handler = self.made(given)
        else:
            name = given.pop('class')
            cls = _resolve(name) if isinstance(name, str) else name
            handler = _with(given.pop('.', None), cls, given)
        if formatter is not None:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(level)
        for name in filters:
            handler.addFilter(self.filters[name] if isinstance(name, str) else name)
        return handler

    def logger(self, logger, given):
        if given.get('level') is not None:
            logger.setLevel(given['level'])
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
        for name in given.get('handlers', ()):
            if name not in self.handlers:
                raise ValueError('Unable to add handler %r' % name) from KeyError(name)
            logger.addHandler(self.handlers[name])
        for name in given.get('filters', ()):
            logger.addFilter(self.filters[name] if isinstance(name, str) else name)
        if given.get('propagate') is not None:
            logger.propagate = given['propagate']
        logger.disabled = False

def dictConfig(config):
    DictConfigurator(config).configure()
def fileConfig(*args, **kwargs):
    refuse('logging.config.fileConfig')
`
