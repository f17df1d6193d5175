# One image for web, worker, beat and migrations; docker-compose.yml says what each of them runs.

FROM node:24-bookworm-slim AS frontend
WORKDIR /frontend
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.11-slim-bookworm AS pakker
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.11-slim-bookworm
# What WeasyPrint loads to make letters and reports.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home ressource
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=ressource.settings.prod
WORKDIR /app
COPY --from=pakker /venv /venv
COPY . .
# The values are for this step only: collecting files needs settings, but no database and no secret.
RUN --mount=type=bind,from=frontend,source=/frontend/node_modules,target=/node_modules \
    python -m ressource.opstart.frontend /node_modules byg/statik \
    && RESSOURCE_SECRET_KEY=bygning RESSOURCE_HOSTS=bygning DATABASE_URL=postgresql:///bygning \
        BROKER_URL=redis://bygning python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q ressource borgere rehabilitering indsatsplan opfoelgning noegletal
USER ressource
EXPOSE 8000
CMD ["gunicorn", "ressource.wsgi", "--bind", "0.0.0.0:8000", "--preload", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
