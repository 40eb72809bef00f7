kubectl config set-context --current --namespace={{ns}} > /dev/null
{{fault.fix}}
sleep 90
