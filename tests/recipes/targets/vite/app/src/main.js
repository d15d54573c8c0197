document.querySelector('#app').textContent = 'Items';
