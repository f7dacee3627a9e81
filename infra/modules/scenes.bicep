// A scene that is put into the container becomes an event to the function Scene. What cannot be delivered within a day goes,
// as the event, into a container of its own.
param name string
param location string
param tags object
param dataAccount string
param scenesContainer string
param deadContainer string
param appName string

resource data 'Microsoft.Storage/storageAccounts@2023-05-01' existing = { name: dataAccount }
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' existing = { parent: data, name: 'default' }
resource dead 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = { parent: blobs, name: deadContainer }
resource app 'Microsoft.Web/sites@2024-04-01' existing = { name: appName }

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: { source: data.id, topicType: 'Microsoft.Storage.StorageAccounts' }
}

resource deadRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dead.id, name)
  scope: dead
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    // Storage Blob Data Contributor
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
  }
}

resource created 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = {
  parent: topic
  name: 'scene-created'
  dependsOn: [deadRights]
  properties: {
    destination: {
      endpointType: 'AzureFunction'
      properties: { resourceId: '${app.id}/functions/Scene', maxEventsPerBatch: 1, preferredBatchSizeInKilobytes: 64 }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${scenesContainer}/blobs/'
      isSubjectCaseSensitive: false
    }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: data.id, blobContainerName: deadContainer }
      }
    }
  }
}
