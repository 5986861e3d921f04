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
RUN /opt/wendu/bin/pip install --quiet --no-deps --no-build-isolation --editable /opt/wendu/src


FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 WENDU_DATABASE=/data/wendu.db XDG_CACHE_HOME=/tmp PATH=/opt/wendu/bin:$PATH
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin wendu \
 && install -d -o wendu -g wendu -m 0700 /data
COPY --from=build /opt/wendu /opt/wendu
USER wendu
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["wendu"]
CMD ["run"]
