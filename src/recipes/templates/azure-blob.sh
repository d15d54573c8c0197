# Adds a rule to the Blob service of the storage account (bash):
az storage cors add \
  --account-name ACCOUNT \
  --services b \
  --origins '«origin»' \
«?headers»  --allowed-headers «headers| » \
«?exposed»  --exposed-headers «exposed| » \
«?maxage»  --max-age «maxage» \
  --methods «method»
