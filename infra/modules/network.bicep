// The network that the apps call out through, and where the private endpoints lie.
param name string
param location string
param tags object

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: '${name}-network'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.71.0.0/16'] }
    subnets: [
      {
        // Up to 40 addresses an app. No underscore may be in the name.
        name: 'apps'
        properties: {
          addressPrefix: '10.71.0.0/23'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.71.2.0/26' }
      }
    ]
  }
}

output networkId string = network.id
output appsSubnetId string = '${network.id}/subnets/apps'
output endpointsSubnetId string = '${network.id}/subnets/endpoints'
