/** kubectl completion: the script that joins a shell's Tab key to `kubectl __complete`. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'

const SHELLS = ['bash', 'zsh', 'fish', 'powershell']

const BASH = `# bash completion for kubectl
__start_kubectl() {
    local words="\${COMP_WORDS[@]:1:COMP_CWORD-1}" last="\${COMP_WORDS[COMP_CWORD]}" out
    out=$(kubectl __completeNoDesc $words "$last" 2>/dev/null)
    COMPREPLY=( $(compgen -W "$(printf '%s\\n' "$out" | sed '/^:/d')" -- "$last") )
}
complete -o default -F __start_kubectl kubectl
`

export async function run(k: Kubectl): Promise<void> {
  if (!k.args.length) k.usage('Shell not specified.')
  if (k.args.length > 1) k.usage('Too many arguments. Expected only the shell type.')
  const shell = k.args[0]!
  if (!SHELLS.includes(shell)) k.usage(`Unsupported shell type ${JSON.stringify(shell)}.`)
  if (shell !== 'bash') throw new KubectlError(`not simulated: completion for ${shell}; there is one for bash`)
  await k.out(BASH)
}
