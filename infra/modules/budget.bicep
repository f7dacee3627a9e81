// Money: half of it, most of it, and all of it as forecast.
param name string
param amount int
param from string
param contactEmails array
param actionGroupId string

resource budget 'Microsoft.Consumption/budgets@2023-05-01' = {
  name: '${name}-monthly'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: from }
    notifications: {
      half: { enabled: true, operator: 'GreaterThan', threshold: 50, thresholdType: 'Actual', contactEmails: contactEmails }
      most: { enabled: true, operator: 'GreaterThan', threshold: 90, thresholdType: 'Actual', contactEmails: contactEmails, contactGroups: [actionGroupId] }
      forecast: { enabled: true, operator: 'GreaterThan', threshold: 110, thresholdType: 'Forecasted', contactEmails: contactEmails, contactGroups: [actionGroupId] }
    }
  }
}
