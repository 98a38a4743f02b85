"""The functions for scripts and notebooks, which `import gradviz` offers."""
