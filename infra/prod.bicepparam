using 'main.bicep'

// A country: private network, storage in three zones, doors and watch kept warm.
param name = 'mwprod'
param mode = 'prompt'
param isPrivate = true
param redundancy = 'Standard_ZRS'
param isWarm = true
param instancesMax = 100
param hubUnits = 2
param hubUnitsMax = 10
param hubPartitions = 16
param contactEmails = ['maritimewatch-duty@example.org']
param monthlyBudget = 3000
param budgetFrom = '2026-12-01'
