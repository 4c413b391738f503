# One image for the Prefect server, the worker and the command line.
# Build: docker build -t lrahos .
ARG PYTHON_IMAGE=python:3.12-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
# what changes seldom comes first: dependencies are a layer of their own
COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN python -m venv /opt/lrahos \
    && mkdir flows extractors connectors config \
    && /opt/lrahos/bin/pip install -c constraints.txt -e . \
    && /opt/lrahos/bin/python -m compileall -q -j 0 /opt/lrahos/lib || true
COPY flows flows
COPY extractors extractors
COPY connectors connectors
COPY config config
COPY prefect.yaml ./
# imports prove the image; a migrated, empty database saves the first command 5 s
RUN /opt/lrahos/bin/python -m compileall -q flows extractors connectors config \
    && /opt/lrahos/bin/lrahos --version \
    && /opt/lrahos/bin/python -m flows.prefect_start

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="lrahos" \
      org.opencontainers.image.description="News sites in, a clean multilingual article corpus out" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin lrahos \
    && mkdir -p /data /home/lrahos/.prefect \
    && chown lrahos:lrahos /data /home/lrahos/.prefect
COPY --from=build /opt/lrahos /opt/lrahos
COPY --from=build /app /app
ENV PATH=/opt/lrahos/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LRAHOS_BUCKET=file:/data \
    PREFECT_HOME=/home/lrahos/.prefect \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    DO_NOT_TRACK=1
WORKDIR /app
USER 10001:10001
VOLUME ["/data"]
ENTRYPOINT ["/opt/lrahos/bin/lrahos"]
CMD ["--help"]
