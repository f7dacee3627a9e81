// One function app: its plan, its identity, what it may do, and its settings. Flex Consumption takes one app a plan.
param name string
param location string
param tags object

@description('The app as apps.json has it: doors, functions, reads, sends, keys, hub, scenes, alwaysReady.')
param app object
param hostAccount string
param deploymentContainer string
param dataAccount string
param dataContainer string
param scenesContainer string
param keysAccount string
param keysContainer string
param vaultName string
param hubNamespace string
param hubName string
param insightsName string

@description('The subnet that it calls out through, or empty.')
param subnetId string
param isPublic bool
param instancesMax int
param instanceMemoryMB int
param isWarm bool
param settings object

// Every function of the package. A function that is not this app's own is switched off here.
var allFunctions = [
  'Http'
  'AisQueue'
  'AisEventHub'
  'PlateRead'
  'Manifest'
  'Scene'
  'SceneQueue'
  'Wake'
  'AlertDelivery'
  'ForecastTimer'
  'PurgeTimer'
  'LearnTimer'
  'ClockTimer'
  'AisDead'
  'PlatesDead'
  'ManifestsDead'
  'ScenesDead'
  'WakeDead'
  'AlertDeliveryDead'
]
var closed = filter(allFunctions, one => !contains(app.functions, one))

// Built-in roles, by the ids that they have in every tenant.
var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  queueReader: '19e7f393-937e-4f77-808e-94535e297925'
  queueProcessor: '8a0f0c08-91a1-4084-bc3d-661d67233fed'
  queueSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  hubReceiver: 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'
  secretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
}

resource host 'Microsoft.Storage/storageAccounts@2023-05-01' existing = { name: hostAccount }
resource data 'Microsoft.Storage/storageAccounts@2023-05-01' existing = { name: dataAccount }
resource dataBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' existing = { parent: data, name: 'default' }
resource store 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = { parent: dataBlobs, name: dataContainer }
resource incoming 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = { parent: dataBlobs, name: scenesContainer }
resource dataQueues 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' existing = { parent: data, name: 'default' }
resource keyAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = { name: keysAccount }
resource keyBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' existing = { parent: keyAccount, name: 'default' }
resource keyContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = { parent: keyBlobs, name: keysContainer }
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = { name: vaultName }
resource hubs 'Microsoft.EventHub/namespaces@2024-01-01' existing = { name: hubNamespace }
resource hub 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' existing = { parent: hubs, name: hubName }
resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-id'
  location: location
  tags: tags
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  dependsOn: [hostRights]
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${host.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      runtime: { name: 'custom', version: '1.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: instancesMax
        alwaysReady: isWarm ? app.alwaysReady : []
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: site
  name: 'appsettings'
  properties: union(
    {
      AzureWebJobsStorage__accountName: hostAccount
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      AzureWebJobsDisableHomepage: 'true'
      // 100 ms (hexadecimal), the runtime's own default: our 1 ms helps a replay, and costs a cold start a quarter of its time.
      DOTNET_TC_CallCountingDelayMs: '64'
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      MW_STORE: 'azure'
      MW_DOORS: app.doors
      MW_CONTAINER: dataContainer
      MW_BLOBS__blobServiceUri: data.properties.primaryEndpoints.blob
      MW_BLOBS__credential: 'managedidentity'
      MW_BLOBS__clientId: identity.properties.clientId
      MW_QUEUES__queueServiceUri: data.properties.primaryEndpoints.queue
      MW_QUEUES__credential: 'managedidentity'
      MW_QUEUES__clientId: identity.properties.clientId
      MW_KEYS__blobServiceUri: keyAccount.properties.primaryEndpoints.blob
      MW_SCENES_CONTAINER: scenesContainer
      MW_AIS_HUB_CONNECTION__fullyQualifiedNamespace: '${hubNamespace}.servicebus.windows.net'
      MW_AIS_HUB_CONNECTION__credential: 'managedidentity'
      MW_AIS_HUB_CONNECTION__clientId: identity.properties.clientId
      MARITIMEWATCH_VAULT_KEY: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/vault-key/)'
      MW_API_KEY: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/api-key/)'
    },
    settings,
    toObject(closed, one => 'AzureWebJobs.${one}.Disabled', one => 'true')
  )
}

// ---- What it may do, and no more. The table with the reasons is in README.md. ----

resource hostRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(host.id, name, roles.blobOwner)
  scope: host
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobOwner)
  }
}

resource hostQueueRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(host.id, name, roles.queueContributor)
  scope: host
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueContributor)
  }
}

resource storeRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(store.id, name, roles.blobContributor)
  scope: store
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
  }
}

var keyRole = app.keys == 'write' ? roles.blobContributor : roles.blobReader
resource keyRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(keyContainer.id, name, keyRole)
  scope: keyContainer
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyRole)
  }
}

resource sceneRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (app.scenes) {
  name: guid(incoming.id, name, roles.blobReader)
  scope: incoming
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobReader)
  }
}

resource hubRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (app.hub) {
  name: guid(hub.id, name, roles.hubReceiver)
  scope: hub
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.hubReceiver)
  }
}

resource vaultRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, name, roles.secretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)
  }
}

resource metricRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, name, roles.metricsPublisher)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

// Queues that a trigger reads: to see how long they are, and to take and delete messages.
resource readQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' existing = [for queue in app.reads: {
  parent: dataQueues
  name: queue
}]

resource readRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (queue, i) in app.reads: {
  name: guid(data.id, queue, name, roles.queueReader)
  scope: readQueues[i]
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueReader)
  }
}]

resource takeRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (queue, i) in app.reads: {
  name: guid(data.id, queue, name, roles.queueProcessor)
  scope: readQueues[i]
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueProcessor)
  }
}]

// Queues that it sends to; the host itself moves what failed five times to QUEUE-poison.
var poison = map(filter(app.reads, queue => !endsWith(queue, '-poison')), queue => '${queue}-poison')
var sends = concat(app.sends, poison)
resource sendQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' existing = [for queue in sends: {
  parent: dataQueues
  name: queue
}]

resource sendRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (queue, i) in sends: {
  name: guid(data.id, queue, name, roles.queueSender)
  scope: sendQueues[i]
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueSender)
  }
}]

output name string = site.name
output principalId string = identity.properties.principalId
