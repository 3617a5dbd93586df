"""Prints the DATABASE_URL of the PostgreSQL server on loopback that lets us create databases, or fails."""

import getpass
import sys

import psycopg2

for user in dict.fromkeys(["postgres", getpass.getuser()]):
    try:
        connection = psycopg2.connect(
            host="127.0.0.1", port=5432, user=user, dbname="postgres", connect_timeout=5
        )
    except psycopg2.OperationalError:
        continue
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            print(f"postgres://{user}@127.0.0.1:5432/{sys.argv[1]}")
            sys.exit()
sys.exit(1)
