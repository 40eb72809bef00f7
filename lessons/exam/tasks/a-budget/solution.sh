kubectl create poddisruptionbudget {{pdb}} -n {{ns}} --selector=app={{name}} --min-available={{min}}
sleep 5
