using 'main.bicep'

// A development store: cheap, reachable from a desk, nothing kept warm.
param name = 'mwdev'
param mode = 'thrift'
param isPrivate = false
param redundancy = 'Standard_LRS'
param isWarm = false
param instancesMax = 40
param hubUnits = 1
param hubUnitsMax = 1
param hubPartitions = 2
param contactEmails = ['maritimewatch-dev@example.org']
param monthlyBudget = 100
param budgetFrom = '2026-12-01'
