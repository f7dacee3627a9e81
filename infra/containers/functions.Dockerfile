# The Functions host with our package: what runs on Kubernetes (infra/keda). Build after ./mw package, from the repository:
#   docker build -f infra/containers/functions.Dockerfile -t maritimewatch .
# Not built by its authors (no container daemon there). Microsoft names this base for custom handlers.
FROM debian:bookworm-slim AS unpacked
RUN apt-get update && apt-get install -y --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*
COPY out/functions.zip /tmp/functions.zip
RUN unzip -q /tmp/functions.zip -d /package && chmod 755 /package/maritimewatch

FROM mcr.microsoft.com/azure-functions/base:4
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    FUNCTIONS_WORKER_RUNTIME=custom \
    ASPNETCORE_URLS=http://+:8080
COPY --from=unpacked /package /home/site/wwwroot
