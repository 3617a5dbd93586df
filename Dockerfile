# The steps are in bin/build and bin/serve, which CI runs without a container.
FROM python:3.13-slim AS build
WORKDIR /srv/passport
COPY bin/build bin/build
COPY requirements requirements
RUN bin/build deps /opt/passport
COPY . .
RUN bin/build check /opt/passport

FROM python:3.13-slim
ENV PASSPORT_VENV=/opt/passport/venv \
    PASSPORT_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    BIND=0.0.0.0 \
    PORT=8000 \
    WEB_SETUP=1
RUN useradd --system --uid 10001 --home-dir /data passport \
    && install -d -o passport -g passport /data
COPY --from=build /opt/passport /opt/passport
COPY --from=build /srv/passport /srv/passport
WORKDIR /srv/passport
USER passport
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["bin/serve", "healthy"]
ENTRYPOINT ["bin/serve"]
CMD ["web"]
