from django.http import JsonResponse


def authenticate(get_response):
    def middleware(request):
        if request.path.startswith('/items/') and request.headers.get('Authorization') != 'Bearer good':
            return JsonResponse({'detail': 'Not authenticated'}, status=401)
        return get_response(request)

    return middleware


# slot: functions
