/** The interface of CEL to the API server. */
export { deviceLanguage } from './devices.ts'
export { CompileError, compile } from './language.ts'
export { OBJECT_TYPE, PATCH_TYPE } from './object-literals.ts'
export { PolicyCompiler } from './policy-language.ts'
export { evaluateRules } from './rule-evaluation.ts'
export { compileRule, declareSelf } from './rules.ts'
export { BOOL, listOf, NULL, STRING } from './types/types.ts'
