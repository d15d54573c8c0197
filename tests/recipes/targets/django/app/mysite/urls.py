"""
URL configuration for mysite project.
"""
from django.contrib import admin
from django.urls import path

from shop import views

urlpatterns = [
    path('admin/', admin.site.urls),
    path('items', views.items),
    path('items/<int:item_id>', views.item),
    path('orders/', views.orders),
    path('broken', views.broken),
]
