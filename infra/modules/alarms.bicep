// What wakes somebody. The names in the queries are those of our functions; lib/RUNBOOK.md says what to do.
param name string
param location string
param tags object
param insightsName string
param actionGroupId string
param doorsAppName string

@description('So many minutes without the clock mean that nothing is brought up to date.')
param clockMinutes int

resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }
resource doors 'Microsoft.Web/sites@2024-04-01' existing = { name: doorsAppName }

var queries = [
  {
    name: 'dead-letters'
    text: 'Messages failed too often. They are kept: see /dead-letters.'
    query: 'requests | where name endswith "Dead"'
    operator: 'GreaterThan'
    threshold: 0
    minutes: 15
    severity: 2
  }
  {
    name: 'failures'
    text: 'Functions fail again and again: the store, or a bug.'
    query: 'requests | where success == false and name != "Http"'
    operator: 'GreaterThan'
    threshold: 20
    minutes: 15
    severity: 2
  }
  {
    name: 'clock-stopped'
    text: 'The clock has not run: the watch is dead, or so far behind that nothing gets through.'
    query: 'requests | where name == "ClockTimer" and success == true'
    operator: 'LessThan'
    threshold: 1
    minutes: clockMinutes
    severity: 1
  }
  {
    name: 'lag'
    text: 'A landed blob waits longer than five minutes to be folded.'
    query: 'requests | where name == "AisQueue" and duration > 300000'
    operator: 'GreaterThan'
    threshold: 0
    minutes: 15
    severity: 2
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2021-08-01' = [for rule in queries: {
  name: '${name}-${rule.name}'
  location: location
  tags: tags
  properties: {
    displayName: rule.name
    description: rule.text
    enabled: true
    severity: rule.severity
    scopes: [insights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT${rule.minutes}M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: rule.operator
          threshold: rule.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}]

resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-5xx'
  location: 'global'
  tags: tags
  properties: {
    description: 'The doors answer with errors of ours.'
    enabled: true
    severity: 2
    scopes: [doors.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'errors'
          metricNamespace: 'Microsoft.Web/sites'
          metricName: 'Http5xx'
          operator: 'GreaterThan'
          threshold: 20
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}

// Asked from five places every five minutes. It also keeps an instance of the doors awake.
resource ready 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${name}-ready'
  location: location
  tags: union(tags, { 'hidden-link:${insights.id}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: '${name}-ready'
    Name: '${name}-ready'
    Enabled: true
    Frequency: 300
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    Locations: [
      { Id: 'emea-nl-ams-azr' }
      { Id: 'emea-gb-db3-azr' }
      { Id: 'emea-se-sto-edge' }
      { Id: 'us-va-ash-azr' }
      { Id: 'apac-sg-sin-azr' }
    ]
    Request: { RequestUrl: 'https://${doors.properties.defaultHostName}/health/ready', HttpVerb: 'GET' }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
  }
}

resource unavailable 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-unavailable'
  location: 'global'
  tags: tags
  properties: {
    description: 'The doors cannot be reached, or are not ready.'
    enabled: true
    severity: 1
    scopes: [ready.id, insights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: ready.id
      componentId: insights.id
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}
