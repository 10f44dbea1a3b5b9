# quotetrack on the CPU: docker build -t quotetrack . && docker run --rm -v "$PWD:/work" quotetrack ingest articles/
FROM python:3.12.11-slim-bookworm AS build
COPY constraints.txt pyproject.toml README.md LICENSE /source/
COPY quotetrack /source/quotetrack
COPY templates /source/templates
RUN python -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir uv && /opt/uv/bin/uv venv --no-cache --python 3.12 /opt/quotetrack
# The CPU build of torch; the default build brings several gigabytes of CUDA libraries. constraints.txt has no hash for it.
RUN /opt/uv/bin/uv pip install --no-cache --python /opt/quotetrack --torch-backend cpu torch==2.13.0
RUN /opt/uv/bin/uv pip install --no-cache --python /opt/quotetrack --constraint /source/constraints.txt /source

FROM python:3.12.11-slim-bookworm
COPY --from=build /opt/quotetrack /opt/quotetrack
RUN useradd --create-home --uid 1000 desk && mkdir /work && chown desk /work
USER desk
WORKDIR /work
ENTRYPOINT ["/opt/quotetrack/bin/quotetrack"]
CMD ["--help"]
