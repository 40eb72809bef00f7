/** `argparse`, in Python: positional arguments, options, defaults, types, choices, subcommands, help. */
import { ACTIONS } from './actions.ts'
import { HELP } from './help.ts'
import { PARSER } from './parser.ts'

/** One module, whose parts know each other. */
export const ARGPARSE = [ACTIONS, HELP, PARSER].join('')
