// The vault key, which wraps the keys of days and epochs, and the API key of the doors. Both secrets are set by a person
// (README.md), never by a template: a template's parameters are kept with the deployment.
param name string
param location string
param tags object
param isPrivate bool

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // Whoever loses the vault key loses all personal data at once: nobody can, for 90 days.
    enablePurgeProtection: true
    publicNetworkAccess: isPrivate ? 'disabled' : 'enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

output id string = vault.id
output name string = vault.name
