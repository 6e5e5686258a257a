"""The room of photos, and the only one with Pillow: what a photo says, small previews, files by their hash."""
