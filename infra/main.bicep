// MaritimeWatch on Azure: five function apps from one package over one store. Deploy into a resource group:
//   az deployment group create -g GROUP -f infra/main.bicep -p infra/dev.bicepparam
// What is in which app is in apps.json, which a test holds against the code. Not compiled by its authors: see README.md.
targetScope = 'resourceGroup'

@description('Short name that every resource begins with; letters and digits.')
@minLength(3)
@maxLength(8)
param name string

@description('Where everything lies; a region that has Flex Consumption.')
param location string = resourceGroup().location

@description('prompt: quick to an alert. thrift: few storage operations.')
@allowed(['prompt', 'thrift'])
param mode string = 'prompt'

@description('True: no storage, vault or hub can be reached but through private endpoints.')
param isPrivate bool

@description('How storage is copied: Standard_LRS within a building, Standard_ZRS within a region.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param redundancy string

@description('Days that landed bytes are kept. The same as Retention.LandingDays; personal data goes by its keys.')
@minValue(30)
param landingDays int = 90

@description('Instances an app may grow to.')
@minValue(40)
@maxValue(1000)
param instancesMax int = 40

@description('True once the package has been published: Event Grid needs the function to be there.')
param hasPackage bool = false

@description('Throughput units of the event hub, and how far it may grow by itself.')
param hubUnits int = 1
param hubUnitsMax int = 4

@description('Partitions of the event hub: never fewer later.')
@minValue(1)
@maxValue(32)
param hubPartitions int = 4

@description('Who is told of trouble and of money.')
param contactEmails array

@description('What a month may cost, in the currency of the subscription.')
param monthlyBudget int

@description('First day of the month in which the budget begins, yyyy-MM-01.')
param budgetFrom string

@description('True keeps one instance warm where apps.json says so.')
param isWarm bool = true

var apps = loadJsonContent('apps.json')
var tags = { application: 'maritimewatch' }
var token = take(uniqueString(resourceGroup().id, name), 6)
var hubName = 'ais'
var hubGroup = 'maritimewatch'

// A thrifty watch may wait; a prompt one asks its queues often. Every question to a queue is a paid operation.
var queuePoll = mode == 'prompt' ? '00:00:00.5' : '00:01:00'
var clockSchedule = mode == 'prompt' ? '0 * * * * *' : '0 */5 * * * *'

// Prompt has hundreds of thousands of commits a day to gather: every hour a part. Places and lanes are new when they are.
var learnSchedule = mode == 'prompt' ? '0 20 * * * *' : '0 20 1 * * *'

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: { name: name, location: location, tags: tags, contactEmails: contactEmails }
}

module network 'modules/network.bicep' = if (isPrivate) {
  name: 'network'
  params: { name: name, location: location, tags: tags }
}

module data 'modules/data.bicep' = {
  name: 'data'
  params: {
    name: '${name}data${token}'
    location: location
    tags: tags
    redundancy: redundancy
    isPrivate: isPrivate
    landingDays: landingDays
  }
}

module keys 'modules/keys.bicep' = {
  name: 'keys'
  params: { name: '${name}keys${token}', location: location, tags: tags, redundancy: redundancy, isPrivate: isPrivate }
}

module host 'modules/host.bicep' = {
  name: 'host'
  params: { name: '${name}host${token}', location: location, tags: tags, isPrivate: isPrivate, apps: objectKeys(apps) }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: { name: '${name}-${token}', location: location, tags: tags, isPrivate: isPrivate }
}

module hub 'modules/hub.bicep' = {
  name: 'hub'
  params: {
    name: '${name}-hub-${token}'
    location: location
    tags: tags
    isPrivate: isPrivate
    hub: hubName
    consumerGroup: hubGroup
    units: hubUnits
    unitsMax: hubUnitsMax
    partitions: hubPartitions
  }
}

module endpoints 'modules/endpoints.bicep' = if (isPrivate) {
  name: 'endpoints'
  params: {
    name: name
    location: location
    tags: tags
    // main.bicep asks for outputs of a conditional module only under the same condition.
    subnetId: isPrivate ? network.outputs.endpointsSubnetId : ''
    networkId: isPrivate ? network.outputs.networkId : ''
    targets: [
      { name: 'data-blob', id: data.outputs.id, group: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
      { name: 'data-queue', id: data.outputs.id, group: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
      { name: 'keys-blob', id: keys.outputs.id, group: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
      { name: 'host-blob', id: host.outputs.id, group: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
      { name: 'host-queue', id: host.outputs.id, group: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
      { name: 'vault', id: vault.outputs.id, group: 'vault', zone: 'privatelink.vaultcore.azure.net' }
      { name: 'hub', id: hub.outputs.id, group: 'namespace', zone: 'privatelink.servicebus.windows.net' }
    ]
  }
}

module functionApps 'modules/app.bicep' = [for app in items(apps): {
  name: 'app-${app.key}'
  params: {
    name: '${name}-${app.key}-${token}'
    location: location
    tags: tags
    app: app.value
    hostAccount: host.outputs.name
    deploymentContainer: 'package-${app.key}'
    dataAccount: data.outputs.name
    dataContainer: data.outputs.container
    scenesContainer: data.outputs.scenesContainer
    keysAccount: keys.outputs.name
    keysContainer: keys.outputs.container
    vaultName: vault.outputs.name
    hubNamespace: hub.outputs.name
    hubName: hubName
    insightsName: monitoring.outputs.insightsName
    subnetId: isPrivate ? network.outputs.appsSubnetId : ''
    // Event Grid and the public come from outside; the other apps are called by nobody.
    isPublic: app.key == 'doors' || app.key == 'scenes' || !isPrivate
    instancesMax: instancesMax
    instanceMemoryMB: app.key == 'scenes' ? 4096 : 2048
    isWarm: isWarm
    settings: {
      MW_MODE: mode
      MW_CLOCK_SCHEDULE: clockSchedule
      MW_LEARN_SCHEDULE: learnSchedule
      MW_AIS_HUB: hubName
      MW_AIS_HUB_GROUP: hubGroup
      AzureFunctionsJobHost__extensions__queues__maxPollingInterval: queuePoll
    }
  }
}]

// The function must be there before an event can be sent to it: deploy, publish the package, deploy again with hasPackage.
module scenes 'modules/scenes.bicep' = if (hasPackage) {
  name: 'scenes'
  params: {
    name: '${name}-scenes'
    location: location
    tags: tags
    dataAccount: data.outputs.name
    scenesContainer: data.outputs.scenesContainer
    deadContainer: data.outputs.deadContainer
    appName: '${name}-scenes-${token}'
  }
  dependsOn: [functionApps]
}

module alarms 'modules/alarms.bicep' = {
  name: 'alarms'
  params: {
    name: name
    location: location
    tags: tags
    insightsName: monitoring.outputs.insightsName
    actionGroupId: monitoring.outputs.actionGroupId
    doorsAppName: '${name}-doors-${token}'
    clockMinutes: mode == 'prompt' ? 15 : 30
  }
  dependsOn: [functionApps]
}

module budget 'modules/budget.bicep' = {
  name: 'budget'
  params: { name: name, amount: monthlyBudget, from: budgetFrom, contactEmails: contactEmails, actionGroupId: monitoring.outputs.actionGroupId }
}

output doorsHost string = '${name}-doors-${token}.azurewebsites.net'
output vaultName string = vault.outputs.name
output scenesContainer string = data.outputs.scenesContainer
