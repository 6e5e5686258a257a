"""The room of photos, and the only one with Pillow: what a photo says of itself, small previews, files by their hash."""
