#!/bin/sh
# One compressed copy of the PostgreSQL database with its checksum; the newest 30 are kept.
# Uploads and publications are in the database, so this is everything but the settings. Needs DATABASE_URL, BACKUP_DIR.
set -eu
umask 077
: "${DATABASE_URL:?}" "${BACKUP_DIR:?}"
mkdir -p "$BACKUP_DIR"
name="budget-$(date +%Y%m%d-%H%M%S).dump"
pg_dump --format=custom --no-owner --file="$BACKUP_DIR/$name.part" "$DATABASE_URL"
pg_restore --list "$BACKUP_DIR/$name.part" >/dev/null
mv "$BACKUP_DIR/$name.part" "$BACKUP_DIR/$name"
(cd "$BACKUP_DIR" && sha256sum "$name" >"$name.sha256")
ls -1t "$BACKUP_DIR"/budget-*.dump | tail -n +31 | while read -r old; do rm -f "$old" "$old.sha256"; done
echo "$BACKUP_DIR/$name"
