for pod in east west north; do kubectl logs -n {{ns}} $pod | grep -q {{word}} && echo $pod > {{ns}}.txt; done
kubectl logs -n {{ns}} $(cat {{ns}}.txt) | grep -o 'E-[0-9]*' | tail -1 >> {{ns}}.txt
kubectl delete pod -n {{ns}} {{pod.bad}} --now
