// A private address for every service that the apps call, and the names that lead there.
param name string
param location string
param tags object
param subnetId string
param networkId string

@description('{ name, id, group, zone } of each service; several may share a zone.')
param targets array

var zones = union(map(targets, target => target.zone), [])

resource dns 'Microsoft.Network/privateDnsZones@2020-06-01' = [for zone in zones: {
  name: zone
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (zone, i) in zones: {
  parent: dns[i]
  name: '${name}-link'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
}]

resource endpoint 'Microsoft.Network/privateEndpoints@2023-11-01' = [for target in targets: {
  name: '${name}-${target.name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: target.name, properties: { privateLinkServiceId: target.id, groupIds: [target.group] } }
    ]
  }
}]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2023-11-01' = [for (target, i) in targets: {
  parent: endpoint[i]
  name: 'default'
  dependsOn: [dns]
  properties: {
    privateDnsZoneConfigs: [
      { name: target.name, properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', target.zone) } }
    ]
  }
}]
