"""The catalogue of map layers: reads ``layers/`` into frozen objects and reports every fault at once.

It knows files and words, no database and no web.
"""
