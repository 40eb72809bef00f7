/** Some two thousand lines for kubectl that change nothing: every kind in every form, and the ways in which people miswrite things. */

const KINDS = (
  'pods deployments replicasets statefulsets daemonsets jobs cronjobs replicationcontrollers services endpoints endpointslices ingresses ' +
  'ingressclasses networkpolicies configmaps secrets serviceaccounts namespaces nodes persistentvolumes persistentvolumeclaims storageclasses ' +
  'csidrivers csinodes csistoragecapacities volumeattachments roles rolebindings clusterroles clusterrolebindings leases events ' +
  'horizontalpodautoscalers poddisruptionbudgets resourcequotas limitranges priorityclasses runtimeclasses podtemplates controllerrevisions ' +
  'customresourcedefinitions crontabs validatingadmissionpolicies validatingadmissionpolicybindings validatingwebhookconfigurations ' +
  'mutatingwebhookconfigurations apiservices certificatesigningrequests flowschemas prioritylevelconfigurations deviceclasses resourceclaims ' +
  'resourceclaimtemplates servicecidrs ipaddresses'
).split(' ')

const OF_A_KIND = [
  'get %',
  'get % -A',
  'get % -A -o wide',
  'get % -A -o name',
  'get % -A -o yaml',
  'get % -A -o json',
  'get % -A --show-labels --no-headers',
  'get % -A --show-kind -L app',
  'get % -A --sort-by=.metadata.name',
  'get % -A --sort-by=.metadata.creationTimestamp -o name',
  'get % -A -o custom-columns=N:.metadata.name,X:.spec.nope,Y:.metadata.labels',
  'get % -A -l app=web',
  'get % -A --field-selector metadata.name=web',
  'get % nope',
  'get % nope --ignore-not-found',
  'describe % -A',
  'describe % -A --show-events=false',
  'describe % nope',
  'delete % nope',
  'explain %',
  'explain %.metadata',
  'explain % --recursive',
]

const FORMATS = [
  ...'wide name yaml json JSON nope yaml=x jsonpath go-template custom-columns custom-columns= custom-columns=A custom-columns=A:'.split(
    ' ',
  ),
  'custom-columns=A:.b,',
  'custom-columns=A:{.metadata.name}',
  'custom-columns=A:.spec.containers[*].image',
  'custom-columns-file=nofile',
  'go-template-file=nofile',
  'jsonpath-file=nofile',
]

const PATHS = [
  '{.items[0].metadata.name}',
  '{.items[-1].metadata.name}',
  '{.items[0:2].metadata.name}',
  '{.items[5:1].metadata.name}',
  '{.items[100].metadata.name}',
  '{.items[::0].metadata.name}',
  '{.items[*].metadata.labels.app}',
  "{.items[*]['metadata','status'].name}",
  '{.items[?(@.metadata.name=="web")].status.phase}',
  '{.items[?(@.spec.nope>1)].metadata.name}',
  '{.items[?(@.metadata.labels)].metadata.name}',
  '{range .items[*]}{.metadata.name}{"\\t"}{.status.phase}{"\\n"}{end}',
  '{range .items[*]}{.metadata.name}',
  ...[
    '{.items',
    '{end}',
    '{}',
    '{.nope}',
    '{@}',
    '{"a"}',
    '{1}',
    '{.items[a]}',
    '{.items[1',
    '{.items[?(@.a==1]}',
    'abc',
    '{{.items}}',
  ],
]

const TEMPLATES = [
  '{{range .items}}{{.metadata.name}} {{end}}',
  '{{len .items}} {{(index .items 0).kind}}',
  '{{index .items 100}}',
  '{{range $i, $e := .items}}{{$i}}={{$e.metadata.name}},{{else}}none{{end}}',
  '{{if eq .kind "List"}}l{{else if eq .kind "x"}}m{{else}}n{{end}}',
  '{{printf "%s|%10s|%-10s|%v|%d|%q|%x" .kind .kind .kind .kind 3 .kind .kind}}',
  '{{html "<a&b>"}} {{js "x"}} {{urlquery "a b&c"}} {{print 1 2 "a" "b" 3}}',
  '{{"YWJj" | base64decode}}',
  '{{exists . "items"}} {{and true false}} {{or "" "x"}} {{not 1}} {{lt 1 2}}',
  '{{define "t"}}T{{.}}{{end}}{{template "t" .kind}}',
  ...[
    '{{.x',
    '{{nope}}',
    '{{.items.x}}',
    '{{range .items}}',
    '{{end}}',
    '{{if}}x{{end}}',
    '{{.kind.x}}',
    '{{template "nope"}}',
    '{{"x}}',
  ],
]

const SELECTORS = [
  ...'app=web app!=web app==web app !app app= =x app<x x/y/z=1 -x app=-x app=web, ,'.split(' '),
  'app in (web,db)',
  'app notin (web)',
  'app in (web',
  'app in web',
  'a b',
  ' app = web ',
  `a=${'a'.repeat(70)}`,
]
const FIELDS = [
  ...'status.phase=Running status.phase!=Running metadata.name=web spec.nope=x x = a=b=c type=Normal spec.unschedulable=true'.split(
    ' ',
  ),
  'status.phase in (Running)',
]

const MISUSE = `
gett pods|get|get pods -x|get pods --nope|get pods -o|get pods --watch=maybe|get po,|get ,po|get po/|get /web|get po/web/x|get po web svc|get po/nope po/web
get po nope -o json|get all|get all,cm|get po -n nope|get ns -n nope|get po web -A|get po --sort-by=.nope|get po --sort-by={.x|get po,svc --sort-by=.metadata.name
get po --chunk-size=1|get po --show-labels -o yaml|get -f nofile|get -k nofile|get po --raw /x|get --raw /version|get --raw /nope|get --raw nope
get deploy web --subresource=scale|get deploy web --subresource=nope|get po --output-watch-events|describe|describe po web svc|describe po -l app=web
create|create nope|create deployment|create deployment w|create cm|create cm a --from-literal=x|create cm a --from-file=nofile|create secret|create secret tls t
create service clusterip a|create service clusterip a --tcp=x|create role r --verb=get|create role r --verb=get --resource=nope|create rolebinding b --role=r --dry-run=client -o yaml
create quota q --hard=cpu|create pdb p --selector=a=b|create job j|create cronjob c --image=x|create ingress i --rule=nope|create token nope
create deployment w --image=nginx --dry-run=client -o yaml|create cm a --from-literal=x=1 --dry-run=client -o json|create job j --image=x --dry-run=client -o yaml -- a
create clusterrole c --verb=get --non-resource-url=/healthz --dry-run=client -o yaml|create ingress i --rule=a.b/=s:80 --dry-run=client -o yaml
run|run a|run a --image=|run a --image=x --restart=Nope|run a --image=x --rm|run a --image=x --dry-run=client -o yaml|run Bad_Name --image=x --dry-run=server
apply|apply x|apply -f nofile|apply -f nofile --prune|apply -f nofile --cascade=foo|apply view-last-applied|replace|replace -f nofile --grace-period=5|diff -f nofile
delete|delete po|delete po --all -l a=b|delete po web -l a=b|delete po web --cascade=foo --dry-run=client|delete po web -o yaml|delete po web --now --grace-period=3
label|label po|label po web|label po web a|label po web a=b a-|label po web -l a=b x=1|annotate po web|annotate po web a=b a-|patch|patch po web|patch po web -p x
patch po web --type=nope -p {}|scale|scale deploy/web|scale deploy/web --replicas=-1|autoscale deploy web|expose deploy web|set|set image|set image deploy/web|set env
set env deploy/web|set resources|set resources deploy/web|set selector|set sa deploy/web|set subject|rollout|rollout nope|rollout status|rollout status deploy/nope
rollout status po/web|rollout history deploy/web|rollout history deploy/web --revision=9|rollout history svc/web|rollout undo|rollout undo deploy/web --to-revision=99
logs|logs nope|logs deploy/nope|logs web --since=x|logs web --tail=x|logs web -c nope|logs -l app=nope|exec|exec web|exec nope -- ls|exec web -c nope -- ls|attach
attach nope|cp|cp a|cp a b|cp nope:/x y|port-forward|port-forward web|port-forward nope 80|debug|debug web|debug nope --image=x|debug web --image=x --profile=nope
wait|wait po/web|wait po/web --for=nope|wait po/web --for=jsonpath=|wait po/nope --for=condition=Ready --timeout=1s|cordon|cordon nope|drain|drain nope|uncordon nope
taint|taint nodes|taint nodes n9 a=b|taint nodes n9 a=b:Nope|taint nodes nope a=b:NoSchedule|certificate|certificate approve nope|top|top nope|top po nope|events --for x
events --for po/a/b|events --types=Foo|auth|auth can-i|auth can-i get|auth can-i get pods|auth can-i get nope|auth can-i --list get pods|auth whoami|auth reconcile
config|config view|config view x|config get-contexts|config get-contexts nope|config use-context nope|config set-context|config unset nope|api-resources x
api-resources -o nope|api-resources --verbs=list,get -o name|api-versions|cluster-info|options|plugin|plugin list|completion|completion nope|explain|explain nope
explain pods.nope|explain .pods|explain pods --api-version=v2|--context nope get po|--user nope get po|--server http://127.0.0.1:1 version --client|--as-group g get po
--as jane get po|--request-timeout=x get po|-n shop get po|help nope|help create|kustomize|kustomize /nope|kustomize a b|alpha`

/** The lines, none twice; of each group those that hold one of the words, where there are some. */
export function commandLines(words: readonly string[] = []): string[] {
  const quoted = (flag: string, texts: readonly string[], ...commands: string[]): string[] =>
    texts.flatMap(text => commands.map(command => `${command} ${flag}${JSON.stringify(text)}`))
  const all = [
    ...KINDS.flatMap(kind => OF_A_KIND.map(line => line.replace('%', kind))),
    ...quoted('-o ', FORMATS, 'get pods', 'get pod web', 'get pods,svc', 'get po nope'),
    ...quoted('-o jsonpath=', PATHS, 'get pods', 'get pods --allow-missing-template-keys=false'),
    ...quoted('-o jsonpath-as-json=', PATHS, 'get pods'),
    ...quoted('-o go-template=', TEMPLATES, 'get pods', 'get pods --allow-missing-template-keys=false'),
    ...quoted(
      '-l ',
      SELECTORS,
      'get po',
      'describe po',
      'delete po --dry-run=client',
      'label po x=y --dry-run=client',
      'top po',
    ),
    ...quoted('--field-selector=', FIELDS, 'get po', 'get events -o name', 'get nodes', 'get po,svc'),
    ...MISUSE.trim().split(/[|\n]/),
  ]
  return [...new Set(all)].filter(line => !words.length || words.some(word => line.includes(word)))
}
