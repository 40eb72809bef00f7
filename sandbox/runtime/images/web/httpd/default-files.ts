/** The files of the image httpd: its configuration, the types of endings, its page. */
import { loadingLines } from './modules.ts'

export const httpdConf = (): string => `#
# This is the main Apache HTTP server configuration file.
#
ServerRoot "/usr/local/apache2"

#Listen 12.34.56.78:80
Listen 80

${loadingLines()}
<IfModule unixd_module>
User www-data
Group www-data
</IfModule>

ServerAdmin you@example.com

#ServerName www.example.com:80

<Directory />
    AllowOverride none
    Require all denied
</Directory>

DocumentRoot "/usr/local/apache2/htdocs"
<Directory "/usr/local/apache2/htdocs">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>

<IfModule dir_module>
    DirectoryIndex index.html
</IfModule>

<Files ".ht*">
    Require all denied
</Files>

ErrorLog /proc/self/fd/2
LogLevel warn

<IfModule log_config_module>
    LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined
    LogFormat "%h %l %u %t \\"%r\\" %>s %b" common

    <IfModule logio_module>
      LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\" %I %O" combinedio
    </IfModule>

    CustomLog /proc/self/fd/1 common
    #CustomLog "logs/access_log" combined
</IfModule>

<IfModule alias_module>
    # Redirect permanent /foo http://www.example.com/bar
    # Alias /webpath /full/filesystem/path
    ScriptAlias /cgi-bin/ "/usr/local/apache2/cgi-bin/"
</IfModule>

<IfModule cgid_module>
    #Scriptsock cgisock
</IfModule>

<Directory "/usr/local/apache2/cgi-bin">
    AllowOverride None
    Options None
    Require all granted
</Directory>

<IfModule headers_module>
    RequestHeader unset Proxy early
</IfModule>

<IfModule mime_module>
    TypesConfig conf/mime.types
    #AddEncoding x-compress .Z
    #AddEncoding x-gzip .gz .tgz
    AddType application/x-compress .Z
    AddType application/x-gzip .gz .tgz
</IfModule>

#EnableMMAP off
#EnableSendfile on

#Include conf/extra/httpd-mpm.conf
#Include conf/extra/httpd-multilang-errordoc.conf
#Include conf/extra/httpd-autoindex.conf
#Include conf/extra/httpd-languages.conf
#Include conf/extra/httpd-userdir.conf
#Include conf/extra/httpd-info.conf
#Include conf/extra/httpd-vhosts.conf
#Include conf/extra/httpd-manual.conf
#Include conf/extra/httpd-dav.conf
#Include conf/extra/httpd-default.conf

<IfModule proxy_html_module>
Include conf/extra/proxy-html.conf
</IfModule>

#Include conf/extra/httpd-ssl.conf
<IfModule ssl_module>
SSLRandomSeed startup builtin
SSLRandomSeed connect builtin
</IfModule>
`

export const MIME_TYPES = `# Types of endings
application/javascript			js
application/json			json
application/java-archive		jar war ear
application/manifest+json		webmanifest
application/msword			doc dot
application/octet-stream		bin dms lrf mar so dist distz pkg bpk dump elc deploy
application/pdf				pdf
application/postscript			ai eps ps
application/vnd.ms-excel		xls xlm xla xlc xlt xlw
application/vnd.ms-fontobject		eot
application/vnd.ms-powerpoint		ppt pps pot
application/wasm			wasm
application/x-7z-compressed		7z
application/x-bzip2			bz2 boz
application/x-debian-package		deb udeb
application/x-gtar			gtar
application/x-sh			sh
application/x-shockwave-flash		swf
application/x-tar			tar
application/x-x509-ca-cert		der crt
application/xhtml+xml			xhtml xht
application/xml				xml xsl
application/zip				zip
audio/midi				mid midi kar rmi
audio/mpeg				mpga mp2 mp2a mp3 m2a m3a
audio/ogg				oga ogg spx opus
audio/x-wav				wav
font/otf				otf
font/ttf				ttf
font/woff				woff
font/woff2				woff2
image/bmp				bmp
image/gif				gif
image/jpeg				jpeg jpg jpe
image/png				png
image/svg+xml				svg svgz
image/tiff				tiff tif
image/webp				webp
image/x-icon				ico
text/calendar				ics ifb
text/css				css
text/csv				csv
text/html				html htm
text/plain				txt text conf def list log in
text/richtext				rtx
text/sgml				sgml sgm
text/tab-separated-values		tsv
text/x-c				c cc cxx cpp h hh dic
text/x-java-source			java
text/x-vcard				vcf
video/mp4				mp4 mp4v mpg4
video/mpeg				mpeg mpg mpe m1v m2v
video/quicktime				qt mov
video/webm				webm
video/x-msvideo				avi
`

export const PAGE = '<html><body><h1>It works!</h1></body></html>\n'

export const FOREGROUND =
  '#!/bin/sh\nset -e\n\n# Apache gets grumpy about PID files pre-existing\nrm -f /usr/local/apache2/logs/httpd.pid\n\nexec httpd -DFOREGROUND "$@"\n'

export const APACHECTL =
  '#!/bin/sh\nHTTPD=/usr/local/apache2/bin/httpd\ncase "$1" in\nstart|stop|restart|graceful|graceful-stop)\n    exec $HTTPD -k "$@"\n    ;;\n"")\n    exec $HTTPD -k start\n    ;;\nconfigtest)\n    exec $HTTPD -t\n    ;;\n*)\n    exec $HTTPD "$@"\nesac\n'
