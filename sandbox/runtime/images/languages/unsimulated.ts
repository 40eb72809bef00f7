/** Programs that would have to run code we do not have: they say so, loudly, and end with 126. */
import type { Program } from '../../processes/process.ts'

const refuse =
  (what: string): Program =>
  async process => {
    await process.write(2, `${process.argv[0]?.split('/').pop()}: ${what} is not simulated\n`)
    return 126
  }

const NAMES: Record<string, string> = {
  npm: 'installing packages',
  npx: 'running JavaScript',
  pip: 'installing packages',
  perl: 'running Perl',
  mvn: 'building with Maven',
  gradle: 'building with Gradle',
  rustc: 'the Rust toolchain',
  cargo: 'the Rust toolchain',
  dotnet: 'running .NET',
  dpkg: 'the package database',
}

export const UNSIMULATED: Readonly<Record<string, Program>> = Object.fromEntries(
  Object.entries(NAMES).map(([name, what]) => [`unsimulated/${name}`, refuse(what)]),
)
