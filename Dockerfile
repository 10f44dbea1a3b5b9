# quotetrack on the CPU: docker build -t quotetrack . && docker run --rm -v "$PWD:/work" quotetrack ingest articles/
FROM python:3.12.11-slim-bookworm AS build
COPY constraints.txt pyproject.toml README.md LICENSE /source/
COPY quotetrack /source/quotetrack
COPY templates /source/templates
RUN python -m venv /opt/quotetrack
# The CPU build of torch; the default build brings several gigabytes of CUDA libraries.
RUN /opt/quotetrack/bin/pip install --no-cache-dir --constraint /source/constraints.txt --index-url https://download.pytorch.org/whl/cpu torch
RUN /opt/quotetrack/bin/pip install --no-cache-dir --constraint /source/constraints.txt /source

FROM python:3.12.11-slim-bookworm
COPY --from=build /opt/quotetrack /opt/quotetrack
RUN useradd --create-home --uid 1000 desk && mkdir /work && chown desk /work
USER desk
WORKDIR /work
ENTRYPOINT ["/opt/quotetrack/bin/quotetrack"]
CMD ["--help"]
