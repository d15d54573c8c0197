from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods


@require_GET
def items(request):
    return JsonResponse([{'id': 1, 'name': 'Foo'}, {'id': 2, 'name': 'Bar'}], safe=False)


@csrf_exempt
@require_http_methods(['PUT', 'DELETE'])
def item(request, item_id):
    return JsonResponse({'id': item_id})


def orders(request):
    return JsonResponse([{'id': 1}], safe=False)


def broken(request):
    raise RuntimeError('broken')
