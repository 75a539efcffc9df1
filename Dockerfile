# The pipeline, its server and its worker in one image. What is kept stands in /data.
FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 undisclosed && mkdir /data && chown undisclosed /data
WORKDIR /opt/undisclosed
COPY --chown=undisclosed pyproject.toml uv.lock Makefile README.md LICENSE prefect.yaml ./
COPY --chown=undisclosed extractors extractors
COPY --chown=undisclosed warehouse warehouse
COPY --chown=undisclosed flows flows
COPY --chown=undisclosed deploy deploy
COPY --chown=undisclosed sources sources
RUN chown undisclosed /opt/undisclosed
USER undisclosed
RUN mkdir inbox watches && make assets
ENV PATH=/opt/undisclosed/.venv/bin:$PATH UNDISCLOSED_HOME=/data PREFECT_HOME=/data/prefect \
    PREFECT_SERVER_ANALYTICS_ENABLED=false DO_NOT_TRACK=1
VOLUME /data
CMD ["undisclosed", "serve"]
