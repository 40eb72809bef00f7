/** Images whose program is a short script: what books and courses let loop, log and end. */
import { alpineBase, debianBase, type Image, PATH } from '../image.ts'

interface Scripted {
  repositories: string
  tags: RegExp
  megabytes: number
  /** Of a shell; may depend on the tag. */
  script(tag: string): string
  /** Written in bash, on Debian. */
  bash?: boolean
}

const FORTUNES = [
  'A bird in the hand is worth two in the bush.',
  'Better late than never.',
  'Haste makes waste.',
  'Practice makes perfect.',
  'Well begun is half done.',
]

const fortune = (tag: string): string => `#!/bin/bash
trap "exit" SIGINT
${tag === 'latest' ? 'INTERVAL=10' : tag === 'args' ? 'INTERVAL=$1' : ''}
echo Configured to generate new fortune every $INTERVAL seconds
mkdir -p /var/htdocs
n=0
while :
do
  echo $(date) Writing fortune to /var/htdocs/index.html
  case $((n % ${FORTUNES.length})) in
${FORTUNES.map((text, i) => `    ${i}) echo "${text}";;`).join('\n')}
  esac > /var/htdocs/index.html
  n=$((n + 1))
  sleep $INTERVAL
done
`

const ROWS: readonly Scripted[] = [
  {
    repositories: 'docker.io/luksa/fortune',
    tags: /^(latest|env|args)$/,
    megabytes: 60,
    bash: true,
    script: fortune,
  },
  {
    repositories: 'docker.io/luksa/batch-job',
    tags: /^latest$/,
    megabytes: 2,
    script: () => '#!/bin/sh\necho "$(date) Batch job starting"\nsleep 120\necho "$(date) Finished succesfully"\n',
  },
  {
    repositories: 'docker.io/luksa/ssd-monitor',
    tags: /^latest$/,
    megabytes: 2,
    script: () => '#!/bin/sh\nwhile :; do echo "SSD OK"; sleep 5; done\n',
  },
  {
    repositories: 'docker.io/kodekloud/event-simulator docker.io/kodekloud/random-logger',
    tags: /^latest$/,
    megabytes: 30,
    script: () => `#!/bin/sh
n=0
while :; do
  case $((n % 4)) in
    0) what="is viewing page1";;
    1) what="logged in";;
    2) what="is viewing page3";;
    *) what="logged out";;
  esac
  echo "[$(date '+%Y-%m-%d %H:%M:%S'),000] INFO in event-simulator: USER$((n % 4 + 1)) $what"
  [ $((n % 5)) -eq 4 ] && echo "[$(date '+%Y-%m-%d %H:%M:%S'),000] WARNING in event-simulator: USER5 Failed to Login as the account is locked due to MANY FAILED ATTEMPTS."
  n=$((n + 1))
  sleep 1
done
`,
  },
  {
    // Five throws of six fail, as in the course's exercise about Jobs.
    repositories: 'docker.io/kodekloud/throw-dice',
    tags: /^latest$/,
    megabytes: 3,
    bash: true,
    script: () => '#!/bin/bash\nthrow=$((RANDOM % 6 + 1))\necho $throw\n[ $throw -eq 6 ]\n',
  },
  {
    repositories:
      'docker.io/dockersamples/examplevotingapp_worker docker.io/kodekloud/examplevotingapp_worker docker.io/kodekloud/examplevotingapp_worker-app',
    tags: /^(latest|v\d)$/,
    megabytes: 70,
    bash: true,
    script: () => `#!/bin/bash
reach() { (exec 3<> /dev/tcp/$1/$2) 2> /dev/null; }
until reach redis 6379; do echo "Waiting for redis" >&2; sleep 1; done
echo "Connecting to redis"
until reach db 5432; do echo "Waiting for db" >&2; sleep 1; done
echo "Connected to db"
while :; do sleep 3600; done
`,
  },
  {
    repositories: 'registry.k8s.io/startup-script gcr.io/google-containers/startup-script',
    tags: /^v\d$/,
    megabytes: 4,
    bash: true,
    script: () =>
      '#!/bin/bash\nwhile :; do echo "$STARTUP_SCRIPT" | bash && echo "!!! startup-script succeeded!"; sleep 3600; done\n',
  },
]

export const scripted: readonly Image[] = ROWS.map(({ repositories, tags, megabytes, script, bash }) => ({
  repositories: repositories.split(' '),
  tags,
  megabytes,
  entrypoint: ['/usr/bin/entrypoint.sh'],
  cmd: [],
  env: { PATH },
  base: bash ? debianBase() : alpineBase(),
  files: (root, tag) => root.write('/usr/bin/entrypoint.sh', script(tag), { mode: 0o755 }),
}))
