# The app that reads scenes, with GDAL and zstd from Debian. Build after functions.Dockerfile:
#   docker build -f infra/containers/scenes.Dockerfile --build-arg BASE=maritimewatch -t maritimewatch-scenes .
# Any libgdal.so.N will do (Raster finds the highest number): the package's name carries the number of its Debian.
# Not built by its authors. lib/decisions/0023-where-scenes-run.md says why a container, and what the other way costs.
ARG BASE=maritimewatch
FROM ${BASE}
USER root
RUN apt-get update \
    && gdal="$(apt-cache search --names-only '^libgdal[0-9]+$' | cut -d' ' -f1 | sort -V | tail -n 1)" \
    && apt-get install -y --no-install-recommends "$gdal" proj-data libzstd1 \
    && rm -rf /var/lib/apt/lists/*
