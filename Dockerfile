# Two stages: the first installs what the lock names (with hashes), the second holds only what runs.
# Nothing is fetched after the build. Data lives in the volume /data; the rest may be read-only.
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/wendu
COPY requirements.txt /tmp/requirements.txt
RUN /opt/wendu/bin/pip install --quiet --require-hashes --only-binary :all: --no-binary jieba -r /tmp/requirements.txt
COPY pyproject.toml README.md /opt/wendu/src/
COPY bot /opt/wendu/src/bot
COPY db /opt/wendu/src/db
COPY prompts /opt/wendu/src/prompts
RUN /opt/wendu/bin/pip install --quiet --no-deps --no-build-isolation --editable /opt/wendu/src \
 && { /opt/wendu/bin/python -W ignore -m compileall -q /opt/wendu/lib /opt/wendu/src || true; } \
 && /opt/wendu/bin/pip uninstall --quiet --yes hatchling editables pip


FROM python:3.11-slim
# WENDU_LISTEN serves /healthz inside the container; set it to 0.0.0.0:8080 where a proxy brings updates.
# PYTHONDONTWRITEBYTECODE: nothing is written outside /data and /tmp, so the rest may be mounted read-only.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WENDU_DATABASE=/data/wendu.db WENDU_LISTEN=127.0.0.1:8080 \
    XDG_CACHE_HOME=/tmp PATH=/opt/wendu/bin:$PATH
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin wendu \
 && install -d -o wendu -g wendu -m 0700 /data
COPY --from=build /opt/wendu /opt/wendu
USER wendu
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 CMD ["wendu", "health"]
ENTRYPOINT ["wendu"]
CMD ["run"]
