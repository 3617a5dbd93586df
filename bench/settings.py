from passport.settings import *  # noqa: F403 - the application, with one more address

ROOT_URLCONF = "bench.urls"
