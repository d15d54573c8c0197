// slot: recipe
