/** The flags of MySQL's and PostgreSQL's clients. */
import { options } from './options.ts'

const OF_CONNECTION =
  'bind-address= character-sets-dir= compress,C compression-algorithms= connect-timeout= default-auth= default-character-set= defaults-extra-file=! defaults-file=! defaults-group-suffix= enable-cleartext-plugin get-server-public-key host=,h login-path= no-defaults no-login-paths password?,p plugin-dir= port=,P protocol= server-public-key-path= skip-ssl socket=,S ssl? ssl-ca= ssl-cert= ssl-cipher= ssl-key= ssl-mode= ssl-verify-server-cert tls-version= user=,u zstd-compression-level='

export const MYSQL = options(
  `${OF_CONNECTION} auto-rehash batch,B binary-as-hex binary-mode column-names column-type-info! comments,c connect-expired-password database=,D delimiter=! execute=,e force,f help!,? html!,H i-am-a-dummy,U ignore-spaces,i init-command=! line-numbers local-infile? max-allowed-packet= named-commands,G net-buffer-length= no-auto-rehash,A no-beep,b one-database!,o pager? prompt=! quick,q raw!,r reconnect safe-updates! show-warnings sigint-ignore silent,s skip-auto-rehash skip-column-names,N skip-comments skip-line-numbers,L skip-named-commands skip-reconnect table,t tee=! unbuffered,n verbose,v version,V vertical,E wait,w xml!,X`,
)

export const MYSQLADMIN = options(
  `${OF_CONNECTION} count=!,c force,f help!,? no-beep,b relative!,r silent,s sleep=!,i verbose,v version,V vertical!,E wait?!,w`,
)

export const MYSQLDUMP = options(
  `${OF_CONNECTION} add-drop-database! add-drop-table add-locks all-databases,A column-statistics? comments,i complete-insert!,c create-options databases,B disable-keys,K events,E extended-insert,e flush-logs,F flush-privileges force,f help!,? hex-blob ignore-table=! lock-all-tables,x lock-tables,l max-allowed-packet= no-create-db!,n no-create-info!,t no-data!,d no-tablespaces,y opt order-by-primary quick,q quote-names,Q replace! result-file=!,r routines,R set-charset set-gtid-purged= single-transaction skip-add-drop-table! skip-add-locks skip-comments! skip-disable-keys skip-extended-insert! skip-lock-tables skip-opt! skip-quick skip-quote-names! skip-triggers source-data?! master-data?! tab=!,T tables triggers tz-utc verbose,v version!,V where=!,w xml!,X`,
)

export const OF_SERVER = 'host=,h port=,p username=,U'

/** In psql's own order, which it shows where a name is ambiguous. */
export const PSQL = options(
  'echo-all!,a no-align,A command=,c dbname=,d echo-queries!,e echo-errors,b echo-hidden!,E file=,f field-separator=!,F field-separator-zero! host=,h html!,H list,l log-file=!,L no-readline,n single-transaction!,1 output=!,o port=,p pset=,P quiet,q record-separator=!,R record-separator-zero!,0 single-step!,s single-line!,S tuples-only,t table-attr=!,T username=,U set=,v variable= version,V no-password,w password,W expanded,x no-psqlrc,X help!,? csv!',
)

export const PG_ISREADY = options(`${OF_SERVER} dbname=,d help!,? quiet,q timeout=,t version,V`)

export const PG_DUMP = options(
  `${OF_SERVER} attribute-inserts clean!,c column-inserts create!,C data-only!,a dbname=,d encoding=,E exclude-table=!,T file=!,f format=!,F help!,? if-exists! inserts jobs=!,j large-objects,b no-acl,x no-comments no-owner,O no-password,w no-privileges password,W schema=!,n schema-only!,s table=!,t verbose,v version,V`,
)
