# In INSTALLED_APPS of settings.py, once, after `pip install django-cors-headers`:
    'corsheaders',
# In MIDDLEWARE of settings.py, as its first line and nowhere else:
    'corsheaders.middleware.CorsMiddleware',
# At the end of settings.py:
CORS_ALLOWED_ORIGINS = [
    '«origin»',
]
CORS_ALLOW_METHODS = ['«method»']
CORS_ALLOW_HEADERS = [«headers/'%'»]
«?credentials»CORS_ALLOW_CREDENTIALS = True
«?exposed»CORS_EXPOSE_HEADERS = [«exposed/'%'»]
«?maxage»CORS_PREFLIGHT_MAX_AGE = «maxage»

