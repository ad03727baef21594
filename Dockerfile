# One image for web, worker, beat and migrate; they differ by their command.
FROM python:3.11-slim-bookworm AS build
WORKDIR /helpline
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements/base.txt requirements/base.txt
RUN /venv/bin/pip install --require-hashes -r requirements/base.txt
COPY manage.py pyproject.toml ./
COPY cases cases
COPY api api
COPY helpline helpline
# The values are for this step only: nothing of them stays in the image, and no server is asked.
RUN /venv/bin/python -m helpline.translations compile \
 && HELPLINE_ENV=development SECRET_KEY=build HELPLINE_KEYS=build DATABASE_URL=postgresql:///none \
    REDIS_URL=redis://none ALLOWED_HOSTS=none EMAIL_URL=console: STATIC_ROOT=/helpline/static \
    /venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin helpline
COPY --from=build /venv /venv
COPY --from=build /helpline /helpline
WORKDIR /helpline
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HELPLINE_ENV=production STATIC_ROOT=/helpline/static BIND=0.0.0.0 PORT=8000
USER helpline
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["gunicorn", "-c", "python:helpline.gunicorn", "helpline.wsgi"]
