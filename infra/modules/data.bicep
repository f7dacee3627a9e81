// The store: one account with the store's container, the container that scenes are put into, and the queues.
param name string
param location string
param tags object
param redundancy string
param isPrivate bool
param landingDays int

var container = 'maritimewatch'
var scenes = 'scenes'
var dead = 'scene-events-dead'
var queues = ['ais', 'plates', 'manifests', 'scenes', 'wake', 'alert-delivery']

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false // Identities only: a key could read everything and is in nobody's name.
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'AzureServices' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    // A week to undo a mistake. Personal data does not come back with it: its keys lie in an account without this.
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    isVersioningEnabled: false // Checkpoints are rewritten all day: every version would be paid for.
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [for one in [container, scenes, dead]: {
  parent: blobs
  name: one
  properties: { publicAccess: 'None' }
}]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource workQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for queue in queues: {
  parent: queueService
  name: queue
}]

// Made here, so that no app needs the right to make queues.
resource poisonQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for queue in queues: {
  parent: queueService
  name: '${queue}-poison'
}]

// Age alone may delete only what no checkpoint names and what the inbox does not need to be folded again within its time:
// landing, rejects, dead letters, notes of the hub. Everything under groups/ and inbox/ is deleted by the program alone,
// which knows what a checkpoint names; age may move it to a cheaper tier, where it stays readable at once.
// The program's own purge (Retention.cs) deletes by the day in the name, and personal data sooner; these rules are its net.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: account
  name: 'default'
  dependsOn: [containers]
  properties: {
    policy: {
      rules: [
        {
          name: 'landing-ends'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${container}/landing/'] }
            actions: {
              baseBlob: {
                tierToCool: { daysAfterModificationGreaterThan: 30 }
                delete: { daysAfterModificationGreaterThan: landingDays + 2 }
              }
            }
          }
        }
        {
          name: 'rejects-end'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${container}/rejects/', '${container}/dead/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 32 } } }
          }
        }
        {
          name: 'hub-notes-end'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${container}/hub/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 2 } } }
          }
        }
        {
          name: 'scenes-end'
          enabled: true
          type: 'Lifecycle'
          definition: {
            // They were copied into the landing when they came.
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${scenes}/', '${dead}/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } } }
          }
        }
        {
          name: 'old-output-cools'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${container}/groups/', '${container}/inbox/'] }
            actions: { baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 60 } } }
          }
        }
      ]
    }
  }
}

output id string = account.id
output name string = account.name
output container string = container
output scenesContainer string = scenes
output deadContainer string = dead
