# hint: atlas-unchanged
sed 's/"6"/"5"/' atlas.yaml | kubectl replace --force -f -
sleep 20
