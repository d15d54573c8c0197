import { defineConfig } from 'vite';

export default defineConfig({
  // slot: recipe
});
