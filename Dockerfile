# Batua for a server: the locked Python packages, Pango and fonts for PDF files, granian. It wants DATABASE_URL and runs as nobody special.
FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home batua
WORKDIR /srv/batua
COPY requirements.txt .
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

COPY accounts accounts
COPY batua batua
COPY budgets budgets
COPY reports reports
COPY transactions transactions
COPY templates templates
COPY static static
COPY manage.py .

# Collecting static files asks for settings, not for a server: these values stay in this one step.
RUN DATABASE_URL=postgresql://nobody@localhost/none SECRET_KEY=unused SITE_URL=http://localhost ALLOWED_HOSTS=localhost \
    JWT_KEY=unused-unused-unused-unused-unused RESEND_API_KEY=unused python manage.py collectstatic --no-input --verbosity 0

USER batua
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "16", \
     "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "30", "--http1-header-read-timeout", "10000", \
     "--http1-buffer-size", "65536", "batua.wsgi:application"]
