// Where logs, traces and numbers go, and who is told.
param name string
param location string
param tags object
param contactEmails array

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    // A flood of logs costs more than the watch: it is cut at so many GB a day.
    workspaceCapping: { dailyQuotaGb: 2 }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // Only identities with Monitoring Metrics Publisher may write: the connection string is no secret then.
    DisableLocalAuth: true
  }
}

resource duty 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-duty'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    emailReceivers: [for (email, i) in contactEmails: { name: 'duty-${i}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

output insightsName string = insights.name
output actionGroupId string = duty.id
