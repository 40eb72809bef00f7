/** From text to a syntax tree, by ANTLR with the tables of CEL's grammar, whose words for syntax errors are its own. */
import {
  ATNDeserializer,
  type ATNSimulator,
  BaseErrorListener,
  CharStream,
  CommonTokenStream,
  DefaultErrorStrategy,
  LexerInterpreter,
  type Parser,
  ParserInterpreter,
  type ParserRuleContext,
  type RecognitionException,
  type Recognizer,
  type Token,
  Vocabulary,
} from 'antlr4ng'
import { LEXER_RULES, LEXER_TABLE, LITERALS, PARSER_TABLE, RULES, SYMBOLS } from './grammar.ts'
import type { Source } from './source.ts'

export type Tree = ParserRuleContext
export type { Token } from 'antlr4ng'

const MAX_DEPTH = 250
const MAX_RECOVERIES = 30
const MAX_LOOKAHEAD = 256
const MAX_ERRORS = 100

const vocabulary = new Vocabulary([...LITERALS], [...SYMBOLS], [])
const table = (numbers: readonly number[]) => new ATNDeserializer().deserialize([...numbers])
let tables: { lexer: ReturnType<typeof table>; parser: ReturnType<typeof table> } | undefined

/** Ends the parsing; what there is to say of it is said. */
class GivenUp extends Error {}

class Errors extends BaseErrorListener {
  readonly source: Source
  #count = 0
  constructor(source: Source) {
    super()
    this.source = source
  }
  override syntaxError<S extends Token, T extends ATNSimulator>(
    _recognizer: Recognizer<T> | null,
    _offending: S | null,
    line: number,
    column: number,
    message: string,
  ): void {
    const words = message.replace(
      /no viable alternative at input '.(true|false|null)'/,
      "mismatched input '$1' expecting IDENTIFIER",
    )
    if (this.#count >= MAX_ERRORS) {
      this.source.report({ line, column }, `Syntax error: More than ${MAX_ERRORS} syntax errors`)
      throw new GivenUp()
    }
    this.#count++
    this.source.report({ line, column }, `Syntax error: ${words}`)
  }
}

/** Goes on after an error, as often and as far as cel-go lets it. */
class Recovery extends DefaultErrorStrategy {
  readonly source: Source
  #attempts = 0
  constructor(source: Source) {
    super()
    this.source = source
  }
  override recover(parser: Parser, e: RecognitionException): void {
    this.#attempt(parser)
    this.#watched(parser, () => super.recover(parser, e))
  }
  override recoverInline(parser: Parser): Token {
    this.#attempt(parser)
    return this.#watched(parser, () => super.recoverInline(parser))
  }
  #attempt(parser: Parser): void {
    if (this.#attempts++ < MAX_RECOVERIES) return
    parser.notifyErrorListeners(`error recovery attempt limit exceeded: ${MAX_RECOVERIES}`, null, null)
    throw new GivenUp()
  }
  #watched<T>(parser: Parser, work: () => T): T {
    const { consume } = parser
    let consumed = 0
    parser.consume = () => {
      if (consumed++ >= MAX_LOOKAHEAD) {
        this.source.reportAt(0, `error recovery token lookahead limit exceeded: ${MAX_LOOKAHEAD}`)
        throw new GivenUp()
      }
      return consume.call(parser)
    }
    try {
      return work()
    } finally {
      parser.consume = consume
    }
  }
}

/** @returns undefined when the source is not even worth looking through; what is wrong is reported to it */
export function treeOf(text: string, source: Source): Tree | undefined {
  tables ??= { lexer: table(LEXER_TABLE), parser: table(PARSER_TABLE) }
  const errors = new Errors(source)
  const characters = CharStream.fromString(text)
  const channels = ['DEFAULT_TOKEN_CHANNEL', 'HIDDEN']
  const lexer = new LexerInterpreter(
    'CEL',
    vocabulary,
    [...LEXER_RULES],
    channels,
    ['DEFAULT_MODE'],
    tables.lexer,
    characters,
  )
  lexer.removeErrorListeners()
  lexer.addErrorListener(errors)
  const parser = new ParserInterpreter('CEL', vocabulary, [...RULES], tables.parser, new CommonTokenStream(lexer))
  parser.removeErrorListeners()
  parser.addErrorListener(errors)
  parser.errorHandler = new Recovery(source)
  const depths = new Map<number, number>()
  parser.addParseListener({
    visitTerminal: () => {},
    visitErrorNode: () => {},
    enterEveryRule({ ruleIndex }) {
      const depth = (depths.get(ruleIndex) ?? 0) + 1
      depths.set(ruleIndex, depth)
      if (depth <= MAX_DEPTH) return
      source.reportAt(0, `expression recursion limit exceeded: ${MAX_DEPTH}`)
      throw new GivenUp()
    },
    exitEveryRule({ ruleIndex }) {
      depths.set(ruleIndex, (depths.get(ruleIndex) ?? 1) - 1)
    },
  })
  try {
    return parser.parse(RULES.indexOf('start'))
  } catch (error) {
    if (error instanceof GivenUp) return undefined
    throw error
  }
}
