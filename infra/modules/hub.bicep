// AIS from receivers that speak to an event hub. Without any such receiver leave it idle: it costs one throughput unit.
param name string
param location string
param tags object
param isPrivate bool
param hub string
param consumerGroup string
param units int
param unitsMax int
param partitions int

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard', capacity: units }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    isAutoInflateEnabled: unitsMax > units
    maximumThroughputUnits: unitsMax > units ? unitsMax : 0
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource ais 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = {
  parent: namespace
  name: hub
  properties: {
    partitionCount: partitions
    // A failing store holds the partitions back: so long may it fail before anything is lost.
    retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: 72 }
  }
}

resource group 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: ais
  name: consumerGroup
}

output id string = namespace.id
output name string = namespace.name
