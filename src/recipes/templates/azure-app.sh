# For a function app: az functionapp cors add
az webapp cors add --resource-group GROUP --name APP --allowed-origins '«origin»'
«?credentials»az resource update --resource-group GROUP --name web --parent sites/APP --namespace Microsoft.Web --resource-type config --set properties.cors.supportCredentials=true
